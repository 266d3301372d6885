// SPDX-License-Identifier: Apache-2.0
// Revocation lists whose signature holds, so that their entries and extensions are walked over: each input is put into
// one, which is signed here, and asked about a certificate of its issuer. The first byte says how much of the input are
// entries.
#include "hostile.h"
#include "support/list.h"
#include "trust/der.h"

using namespace sealferry;
using namespace sealferry::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto key = Key::sm2();
  static const auto root = selfSigned(key), leaf = certify(Key::sm2(), key, {.serial = 0x0102});
  if (size == 0) return 0;
  const ByteView bytes(data + 1, size - 1);
  const auto entries = bytes.size() * data[0] / 255;
  const auto der =
      listOf(key, root, {.entries = copyOf(bytes.first(entries)), .extensions = copyOf(bytes.subspan(entries))});
  const auto list = trust::Crl::fromDer(der);
  if (!list) return 0;
  const auto chain = trust::checkChain(leaf, {}, {{root}, {*list}}, now, {});
  promise(chain.trusted || chain.reason == "revoked", "a list can do no more than revoke");
  promise(chain.trusted != (chain.revokedAt && *chain.revokedAt <= now), "what is revoked by now is not trusted");
  promise(!chain.revokedAt || !chain.revocationUnknown, "what names the leaf says something of it");
  return 0;
}
