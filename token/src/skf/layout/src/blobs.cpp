// SPDX-License-Identifier: Apache-2.0
#include "skf_layout/blobs.h"

#include <algorithm>

#include "number_field.h"

namespace sealferry::skf {
namespace {

constexpr std::size_t mostModulus = 256;
constexpr std::uint64_t algorithmSm4 = 0x400, algorithmSm3Sha1Sha256 = 7, algorithmSm2Rsa = 0x30000, rsa = 0x10000;

bool isZero(ByteView bytes) {
  return std::ranges::all_of(bytes, [](auto byte) { return byte == 0; });
}

/// The low 32 bytes of a field of 64; nothing if the high ones are used.
std::optional<Bytes> low(ByteView bytes) {
  if (bytes.size() != field || !isZero(bytes.first(field - number256))) return std::nullopt;
  return copyOf(bytes.last(number256));
}

Bytes withoutZeroes(ByteView bytes) {
  const auto first = std::ranges::find_if(bytes, [](auto byte) { return byte != 0; });
  return {first, bytes.end()};
}

/// AlgSymCap…DevAuthAlgId, TotalSpace, FreeSpace: a key has space, not more than it has in all, and not absurdly much.
bool plausible(std::uint64_t total, std::uint64_t free, std::uint64_t symmetric) {
  return total > 0 && total <= (std::uint64_t{1} << 30) && free <= total && symmetric != 0 && symmetric < (1U << 24);
}

std::optional<DeviceInfo> tryDecode(Layout layout, bool packed, ByteView buffer) {
  layout.packed = packed;
  FieldReader in(layout, buffer);
  DeviceInfo info;
  (void)in.bytes(2);  // version of the structure
  info.manufacturer = in.text(64);
  info.issuer = in.text(64);
  info.label = in.text(32);
  info.serial = in.text(32);
  (void)in.bytes(4);  // hardware and firmware
  const auto symmetric = in.number();
  for (int i = 0; i < 3; ++i) (void)in.number();
  const auto total = in.number();
  const auto free = in.number();
  if (!in.good()) return std::nullopt;
  if (plausible(total, free, symmetric)) {
    info.totalBytes = total;
    info.freeBytes = free;
  }
  return info;
}

}  // namespace

Bytes encode(const Layout& layout, const DeviceInfo& info) {
  FieldWriter out(layout);
  out.bytes(Bytes{1, 0});
  out.text(info.manufacturer, 64);
  out.text(info.issuer, 64);
  out.text(info.label, 32);
  out.text(info.serial, 32);
  out.bytes(Bytes{1, 0, 1, 0});
  for (const auto number : {algorithmSm4, algorithmSm2Rsa, algorithmSm3Sha1Sha256, algorithmSm4, info.totalBytes,
                            info.freeBytes, std::uint64_t{4096}, std::uint64_t{4096}})
    out.number(number);
  out.zeroes(64);
  return out.take();
}

std::optional<DeviceInfo> decodeDeviceInfo(const Layout& layout, ByteView buffer) {
  auto asSaid = tryDecode(layout, layout.packed, buffer);
  if (asSaid && asSaid->totalBytes > 0) return asSaid;
  auto otherwise = tryDecode(layout, !layout.packed, buffer);
  return otherwise && otherwise->totalBytes > 0 ? otherwise : asSaid;
}

Bytes encode(const Layout& layout, const FileAttributes& attributes) {
  FieldWriter out(layout);
  out.text(attributes.name, 32);
  out.number(attributes.size);
  out.number(attributes.readRights);
  out.number(attributes.writeRights);
  return out.take();
}

std::optional<FileAttributes> decodeFileAttributes(const Layout& layout, ByteView buffer) {
  FieldReader in(layout, buffer);
  FileAttributes attributes;
  attributes.name = in.text(32);
  attributes.size = in.number();
  attributes.readRights = in.number();
  attributes.writeRights = in.number();
  if (!in.good()) return std::nullopt;
  return attributes;
}

Bytes encode(const Layout& layout, const EccPublicKey& key) {
  FieldWriter out(layout);
  out.number(256);
  out.rightAligned(key.x, field);
  out.rightAligned(key.y, field);
  return out.take();
}

Bytes encode(const Layout& layout, const RsaPublicKey& key) {
  FieldWriter out(layout);
  out.number(rsa);
  out.number(key.bits);
  out.rightAligned(key.modulus, mostModulus);
  out.rightAligned(key.exponent, 4);
  return out.take();
}

std::size_t eccBlobSize(const Layout& layout) { return encode(layout, EccPublicKey{}).size(); }
std::size_t rsaBlobSize(const Layout& layout) { return encode(layout, RsaPublicKey{}).size(); }

std::optional<EccPublicKey> decodeEcc(const Layout& layout, ByteView blob) {
  FieldReader in(layout, blob);
  const auto bits = in.number();
  const auto x = low(in.bytes(field));
  const auto y = low(in.bytes(field));
  if (!in.good() || bits != 256 || !x || !y) return std::nullopt;
  return EccPublicKey{*x, *y};
}

std::optional<RsaPublicKey> decodeRsa(const Layout& layout, ByteView blob) {
  FieldReader in(layout, blob);
  (void)in.number();  // AlgID: vendors differ
  RsaPublicKey key;
  key.bits = static_cast<unsigned>(std::min<std::uint64_t>(in.number(), 1U << 16));
  const auto modulus = in.bytes(mostModulus);
  key.exponent = withoutZeroes(in.bytes(4));
  if (!in.good() || key.bits % 8 != 0 || key.bits < 1024 || key.bits > 8 * mostModulus) return std::nullopt;
  // A short modulus stands at the right in some libraries and at the left in others.
  const auto size = key.bits / 8;
  const bool right = isZero(ByteView(modulus).first(mostModulus - size));
  key.modulus = withoutZeroes(right ? ByteView(modulus).last(size) : ByteView(modulus).first(size));
  if (key.modulus.size() != size || key.exponent.empty()) return std::nullopt;
  return key;
}

Bytes encodeSignature(ByteView r, ByteView s) {
  FieldWriter out({});
  out.rightAligned(r, field);
  out.rightAligned(s, field);
  return out.take();
}

std::optional<Bytes> decodeSignature(ByteView blob) {
  if (blob.size() != signatureBlobSize) return std::nullopt;
  auto r = low(blob.first(field));
  const auto s = low(blob.last(field));
  if (!r || !s) return std::nullopt;
  r->insert(r->end(), s->begin(), s->end());
  return r;
}

}  // namespace sealferry::skf
