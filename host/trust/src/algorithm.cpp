// SPDX-License-Identifier: Apache-2.0
#include "trust/algorithm.h"

#include <openssl/evp.h>

#include "names.h"

namespace sealferry::trust {

std::string_view nameOf(KeyKind kind) {
  switch (kind) {
    case KeyKind::rsa:
      return "rsa";
    case KeyKind::ecdsa:
      return "ecdsa";
    case KeyKind::sm2:
      return "sm2";
    case KeyKind::other:
      break;
  }
  return "other";
}

std::string_view nameOf(DigestAlgorithm digest) { return digestRow(digest).name; }
std::size_t digestSize(DigestAlgorithm digest) { return digestRow(digest).size; }
std::string_view nameOf(SignatureAlgorithm algorithm) { return signatureRow(algorithm).name; }
DigestAlgorithm digestIn(SignatureAlgorithm algorithm) { return signatureRow(algorithm).digest; }
KeyKind keyKindFor(SignatureAlgorithm algorithm) { return signatureRow(algorithm).key; }

Bytes digestOf(DigestAlgorithm digest, ByteView data) {
  Bytes out(digestSize(digest));
  if (EVP_Digest(data.data(), data.size(), out.data(), nullptr, evpDigest(digest), nullptr) != 1) out.clear();
  return out;
}

}  // namespace sealferry::trust
