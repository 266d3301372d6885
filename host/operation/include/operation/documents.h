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
  UnnamedFile(UnnamedFile&& other) noexcept;
  UnnamedFile& operator=(UnnamedFile&& other) noexcept;
  ~UnnamedFile();
  int descriptor() const { return descriptor_; }
  std::uint64_t size() const { return size_; }
  Result<void> append(ByteView data);
  Result<Bytes> read(std::uint64_t offset, std::size_t length) const;

 private:
  explicit UnnamedFile(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

/// A document a page sends in parts, or one that is ready to be fetched.
struct Document {
  std::string origin;  ///< whose it is: nobody else's handle works
  UnnamedFile file;
  std::uint64_t announced = 0;  ///< size in bytes
  bool complete = false;
  std::string sha256{};  ///< of the whole, hexadecimal, once complete
  /// What came so far: a large file is not read a second time.
  std::unique_ptr<trust::Digester> digest = std::make_unique<trust::Digester>(trust::DigestAlgorithm::sha256);
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
  Result<void> close(const std::string& origin, const std::string& handle);

 private:
  Result<Document*> own(const std::string& origin, const std::string& handle);
  std::uint64_t largest_;
  std::map<std::string, Document> all_;
};

}  // namespace sealferry::operation
