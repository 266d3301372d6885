// SPDX-License-Identifier: Apache-2.0
// GM/T 0016-2012 §7.6.34 to 42: SM3, with the signer's identity before the data if a public key is given.
#include "base/digest.h"
#include "call.h"

using namespace sealferry;
using namespace sealferry::softkey;

namespace {

constexpr Ulong algorithmSm3 = 1, algorithmSha256 = 4;
constexpr Ulong mostData = 64U << 20, mostId = 8191;

// GM/T 0003.5: a, b and the base point of the curve.
constexpr const char* curve =
    "fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc"
    "28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93"
    "32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7"
    "bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0";

void append(Bytes& to, ByteView more) { to.insert(to.end(), more.begin(), more.end()); }

/// Z = SM3(ENTL ‖ ID ‖ a ‖ b ‖ G ‖ P), GM/T 0009-2012 §8.1.
Bytes identity(ByteView id, const skf::EccPublicKey& key) {
  const auto bits = id.size() * 8;
  Bytes content{static_cast<std::uint8_t>(bits >> 8), static_cast<std::uint8_t>(bits)};
  append(content, id);
  append(content, fromHex(curve).value_or(Bytes{}));
  append(content, key.x);
  append(content, key.y);
  return sm3(content);
}

}  // namespace

SOFTKEY_CALL SKF_DigestInit(Handle device, Ulong algorithm, Byte* key, Byte* id, Ulong idSize, Handle* hash) {
  return call("SKF_DigestInit", nullptr, [&] {
    const auto connection = connectionOf(device);
    if (!connection) return connection.error();
    if (hash == nullptr || idSize > mostId) return Status::invalidParameter;
    if (algorithm != algorithmSm3 && algorithm != algorithmSha256) return Status::notSupported;
    Digest digest{{}, algorithm};
    if (key != nullptr && algorithm == algorithmSm3) {
      const auto blob = skf::decodeEcc(nativeLayout, ByteView(key, skf::eccBlobSize(nativeLayout)));
      if (!blob) return Status::inputData;
      digest.begun = identity(softkey::viewOf(id, idSize), *blob);
    }
    *hash = remember(table().digests, std::move(digest));
    return Status::ok;
  });
}

SOFTKEY_CALL SKF_Digest(Handle hash, Byte* data, Ulong size, Byte* out, Ulong* outSize) {
  return call("SKF_Digest", outSize, [&] {
    const auto found = table().digests.find(numberOf(hash));
    if (found == table().digests.end()) return Status::invalidHandle;
    if (size > mostData) return Status::inputLength;
    auto content = found->second.begun;
    append(content, softkey::viewOf(data, size));
    return give(found->second.algorithm == algorithmSm3 ? sm3(content) : sha256(content), out, outSize);
  });
}

SOFTKEY_CALL SKF_CloseHandle(Handle handle) {
  return call("SKF_CloseHandle", nullptr,
              [&] { return table().digests.erase(numberOf(handle)) > 0 ? Status::ok : Status::invalidHandle; });
}
