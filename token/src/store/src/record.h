// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "label.h"
#include "token/types.h"

namespace sealferry::token::store {

/// Written last: a blob is there once its manifest is.
struct Manifest {
  std::string name;
  std::uint64_t size = 0;
  Bytes sha256;
  unsigned parts = 0;
  Sequence sequence = 0;
};

/// A blob as the journal names it.
struct JournalBlob {
  Bytes sha256;
  Sequence sequence = 0;
};

/// A certificate that is brought in (or is there already), and those of the same key pair and use that it replaces.
struct JournalCertificate {
  Bytes sha256;
  bool brought = false;  ///< by this change: taken off again if the change is rolled back
  std::vector<Bytes> replaced;
};

/// What is being changed, so that whoever comes next can end it. A change is made visible by one single object: a
/// second journal, of a higher sequence, that says committed.
struct Journal {
  std::string order;
  bool committed = false;
  std::vector<JournalBlob> put;
  std::vector<JournalBlob> replaced;
  std::vector<JournalCertificate> certificates;
};

constexpr std::size_t mostNameBytes = 128, mostOrderBytes = 128, mostBlobs = 64;
constexpr std::uint64_t mostBlobBytes = 4U << 20;
/// A record of ours is small; whatever is larger is not read.
constexpr std::size_t mostRecordBytes = 16U << 10;

/// Records carry their own SHA-256, because on some keys an object can be seen before it is written to its end.
Bytes encode(const Manifest& manifest);
Bytes encode(const Journal& journal);
std::optional<Manifest> decodeManifest(ByteView record);
std::optional<Journal> decodeJournal(ByteView record);

}  // namespace sealferry::token::store
