// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

#include "base/result.h"
#include "operation/documents.h"
#include "trust/digester.h"

namespace sealferry::app {

/// A copy of a file under a name of its own beside the place where it shall stand: gone again unless it is put there.
/// What stood there stays until then, and the file that was copied is only ever read.
class WholeCopy {
 public:
  /// Copies while the bytes are hashed: the kernel moves them (copy_file_range, which on some file systems copies
  /// nothing at all), and they are read once. document_unreadable with reason `file` where that cannot be done;
  /// bad_request with reason `sameFile` where both names are one file.
  static Result<WholeCopy> make(const std::filesystem::path& from, const std::filesystem::path& to);
  WholeCopy(WholeCopy&& other) noexcept;
  WholeCopy& operator=(WholeCopy&&) = delete;
  ~WholeCopy();

  /// Another descriptor of the copy.
  Result<operation::UnnamedFile> file() const;
  trust::Digester digest() const { return digest_.clone(); }  ///< SHA-256 of all of it
  Result<void> put();                                         ///< in its place, as one step

 private:
  WholeCopy(int descriptor, std::filesystem::path name, std::filesystem::path to)
      : descriptor_(descriptor), name_(std::move(name)), to_(std::move(to)) {}
  Result<void> fill(int from);
  int descriptor_ = -1;
  std::filesystem::path name_, to_;
  std::uint64_t size_ = 0;
  trust::Digester digest_{trust::DigestAlgorithm::sha256};
};

}  // namespace sealferry::app
