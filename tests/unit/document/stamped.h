// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>

#include "document/engine.h"
#include "support/files.h"
#include "support/pictures.h"
#include "support/pki.h"

namespace sealferry::test {

/// A document file opened for reading.
class OpenFile {
 public:
  explicit OpenFile(const std::filesystem::path& path);
  ~OpenFile();
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

struct Signer {
  Key rootKey = Key::rsa(), key = Key::rsa();
  trust::Certificate root = selfSigned(rootKey), certificate = certify(key, rootKey, {});
  trust::Anchors anchors() const { return {{root}, {}}; }
};
const Signer& signer();

document::Engine& engine();
document::StampRequest requestAt(unsigned page, double xMm, double yMm);

/// The stamped document: original and increment.
Result<Bytes> stamp(const std::filesystem::path& original, const document::StampRequest& request);
/// What our own verifier says of it.
Result<document::Report> verify(ByteView content);

}  // namespace sealferry::test
