// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "seal/seal.h"
#include "trust/der.h"

/// Reading the structures of GM/T 0031-2014 (v1), GB/T 38540-2020 (v4) and GM/T 0031-2025 (v5). Private to host/seal.
namespace sealferry::seal::format {

/// What one reading has come upon: the reason it stopped, or the deviations it passed over.
struct Course {
  Strictness strictness = Strictness::lenient;
  std::string reason = {};     ///< empty while all is well
  std::string deviation = {};  ///< its name, when reason is "deviation"
  std::vector<std::string> notes = {};

  bool refuse(std::string word);
  /// A known deviation: passed over and noted, or the end of a strict reading.
  bool tolerate(const std::string& name);
};

/// SES_SealInfo, from the inside of its SEQUENCE. The header decides v4 or v5; `first` says that the outer layout is
/// v1.
bool readInfo(Course& course, Seal& seal, trust::der::Reader info, bool first);
bool readExtensions(Course& course, Seal& seal, trust::der::Reader& info);
bool readProperty(Course& course, Seal& seal, trust::der::Reader property);

/// Elements that carry a text; another string type than the standard's is a deviation ("textType").
bool readText(Course& course, std::string& out, trust::der::Reader& reader, int tag, std::size_t longest);
bool readInteger(Course& course, int& out, trust::der::Reader& reader);

}  // namespace sealferry::seal::format
