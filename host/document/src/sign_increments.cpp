// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "document/stamp.h"
#include "trust/digester.h"

namespace sealferry::document {
namespace {

constexpr std::size_t partSize = 256 * 1024;

tl::unexpected<Error> fileChanged(std::uint64_t native) {
  auto failure = fail(ErrorCode::document_unreadable, "signIncrements", native);
  failure.value().detail["reason"] = "file";
  return failure;
}

Result<void> digestDocument(int document, std::uint64_t size, trust::Digester& digest) {
  Bytes part(partSize);
  for (std::uint64_t offset = 0; offset < size;) {
    const auto want = std::min<std::uint64_t>(part.size(), size - offset);
    const auto count = ::pread(document, part.data(), want, static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return fileChanged(count < 0 ? static_cast<std::uint64_t>(errno) : 0);
    digest.update(ByteView(part).first(static_cast<std::size_t>(count)));
    offset += static_cast<std::uint64_t>(count);
  }
  return {};
}

std::size_t holeSize(const Reserved& reserved) { return std::size_t{2} * reserved.signatureRoom + 2; }

/// The child that wrote it had a hostile document in its hands: nothing it says is relied upon.
bool isSane(const Reserved& reserved, const Increment& increment) {
  const auto size = increment.bytes.size(), hole = holeSize(reserved);
  if (hole > size || increment.contentsOffset > size - hole) return false;
  return increment.bytes[increment.contentsOffset] == '<' &&
         increment.bytes[increment.contentsOffset + hole - 1] == '>';
}

Bytes digestAround(const trust::Digester& before, const Reserved& reserved, const Increment& increment) {
  auto digest = before.clone();
  const ByteView bytes = increment.bytes;
  digest.update(bytes.first(increment.contentsOffset));
  digest.update(bytes.subspan(increment.contentsOffset + holeSize(reserved)));
  return digest.finish();
}

/// ISO 32000-1 §12.8.1: /Contents is a hexadecimal string; what is not used stays zero.
Bytes filled(const Increment& increment, ByteView signature) {
  auto bytes = increment.bytes;
  std::ranges::copy(toHex(signature), bytes.begin() + static_cast<std::ptrdiff_t>(increment.contentsOffset + 1));
  return bytes;
}

}  // namespace

Result<Bytes> signIncrements(int document, const Reserved& reserved, trust::DigestAlgorithm algorithm,
                             const Sign& sign) {
  trust::Digester digest(algorithm);
  if (auto read = digestDocument(document, reserved.originalSize, digest); !read) return passOn(read);
  Bytes all;
  for (const auto& increment : reserved.increments) {
    if (!isSane(reserved, increment)) return fail(ErrorCode::internal, "signIncrements");
    const auto signature = sign(digestAround(digest, reserved, increment));
    if (!signature) return signature;
    if (signature->size() > reserved.signatureRoom) return fail(ErrorCode::internal, "signatureRoom");
    const auto bytes = filled(increment, *signature);
    digest.update(bytes);
    all.insert(all.end(), bytes.begin(), bytes.end());
  }
  return all;
}

}  // namespace sealferry::document
