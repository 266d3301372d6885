// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "trust/digester.h"

namespace sealferry::operation {

/// A file without a name: gone with the process, whatever ends it.
class UnnamedFile {
 public:
  static Result<UnnamedFile> create();
  /// Takes over a descriptor for reading and writing; if the file has a name, that is the caller's to keep or remove.
  static UnnamedFile of(int descriptor, std::uint64_t size) { return UnnamedFile(descriptor, size); }
  UnnamedFile(UnnamedFile&& other) noexcept;
  UnnamedFile& operator=(UnnamedFile&& other) noexcept;
  ~UnnamedFile();
  int descriptor() const { return descriptor_; }
  std::uint64_t size() const { return size_; }
  Result<void> append(ByteView data);
  Result<void> truncate(std::uint64_t size);
  Result<Bytes> read(std::uint64_t offset, std::size_t length) const;

 private:
  UnnamedFile(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

/// What is remembered of an increment, so that a time stamp can go into the room that was kept for it.
struct Stamped {
  std::string base;  ///< handle of the document it was appended to
  std::uint64_t originalSize = 0, contentsOffset = 0;
  std::uint32_t signatureRoom = 0;
  trust::Digester original;  ///< SHA-256 state at the end of the original
};

/// A document a page sends in parts, or one that is ready to be fetched.
struct Document {
  std::string origin;  ///< whose it is: nobody else's handle works
  UnnamedFile file;
  std::uint64_t announced = 0;  ///< size in bytes
  bool complete = false;
  std::string sha256{};  ///< of the whole, hexadecimal, once complete
  /// SHA-256 of what came so far: a large file is not read once more, neither at its end nor for what is appended.
  trust::Digester digest{trust::DigestAlgorithm::sha256};
  std::optional<Stamped> stamped{};
};

/// Handles are random, belong to one origin and die with the connection.
class Documents {
 public:
  explicit Documents(std::uint64_t largest) : largest_(largest) {}
  Result<std::string> open(const std::string& origin, std::uint64_t size);
  Result<std::string> store(const std::string& origin, ByteView content);  ///< complete at once
  Result<std::uint64_t> append(const std::string& origin, const std::string& handle, std::uint64_t offset,
                               ByteView data, const std::optional<std::string>& sha256);
  Result<const Document*> find(const std::string& origin, const std::string& handle) const;
  Result<const Document*> complete(const std::string& origin, const std::string& handle) const;
  /// The same, to be worked on.
  Result<Document*> whole(const std::string& origin, const std::string& handle);
  /// A file that is there already, with the digest of what is in it.
  Result<std::string> adopt(const std::string& origin, UnnamedFile file, trust::Digester digest);
  Result<void> close(const std::string& origin, const std::string& handle);

 private:
  Result<Document*> own(const std::string& origin, const std::string& handle);
  std::uint64_t largest_;
  std::map<std::string, Document> all_;
};

}  // namespace sealferry::operation
