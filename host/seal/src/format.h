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

/// A whole seal; `bytes` is exactly one element.
bool readSeal(Course& course, Seal& seal, ByteView bytes);
/// The members of a SEQUENCE; none if there are more than `most`, so that no count is believed before it is capped.
std::vector<trust::der::Element> membersOf(const trust::der::Element& outer, std::size_t most);
/// [0] EXPLICIT BIT STRING that holds a time stamp token's DER; one product leaves the tag out.
bool readTimestamp(Course& course, std::optional<Bytes>& out, const trust::der::Element& member);
/// A bare OBJECT IDENTIFIER; only SM2 with SM3 is known.
bool readAlgorithm(Course& course, std::string& out, const trust::der::Element& member);
/// What refused a reading, as the error all readings answer.
tl::unexpected<Error> refusal(const Course& course, std::string where);

/// SES_SealInfo, from the inside of its SEQUENCE. The header decides v4 or v5; `first` says that the outer layout is
/// v1.
bool readInfo(Course& course, Seal& seal, trust::der::Reader info, bool first);
/// What is left of the reader is an ExtensionDatas, or nothing.
bool readExtensions(Course& course, std::vector<Extension>& out, trust::der::Reader& rest);
bool readProperty(Course& course, Seal& seal, trust::der::Reader property);

/// Elements that carry a text; another string type than the standard's is a deviation ("textType").
bool readText(Course& course, std::string& out, trust::der::Reader& reader, int tag, std::size_t longest);
bool readInteger(Course& course, int& out, trust::der::Reader& reader);

}  // namespace sealferry::seal::format
