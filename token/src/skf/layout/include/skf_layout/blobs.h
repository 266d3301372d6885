// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "skf_layout/fields.h"

namespace sealferry::skf {

// GM/T 0016-2012 §6.4. Numbers of 256 bits stand right-aligned in fields of 64 bytes.

struct DeviceInfo {
  std::string manufacturer, issuer, label, serial;  ///< as the library wrote them, encoding unknown
  std::uint64_t totalBytes = 0, freeBytes = 0;
};
Bytes encode(const Layout& layout, const DeviceInfo& info);
/// Some libraries pad where others do not: the offset of AlgSymCap (198 or 200) is told by what makes sense there.
std::optional<DeviceInfo> decodeDeviceInfo(const Layout& layout, ByteView buffer);
/// Larger than any edition of DEVINFO.
constexpr std::size_t deviceInfoBuffer = 1024;

struct FileAttributes {
  std::string name;
  std::uint64_t size = 0, readRights = 0, writeRights = 0;
};
Bytes encode(const Layout& layout, const FileAttributes& attributes);
std::optional<FileAttributes> decodeFileAttributes(const Layout& layout, ByteView buffer);
constexpr std::size_t fileAttributesBuffer = 128;

struct EccPublicKey {
  Bytes x, y;  ///< 32 bytes each
  friend bool operator==(const EccPublicKey&, const EccPublicKey&) = default;
};
struct RsaPublicKey {
  unsigned bits = 0;
  Bytes modulus, exponent;  ///< big-endian, without leading zeroes
};
Bytes encode(const Layout& layout, const EccPublicKey& key);
Bytes encode(const Layout& layout, const RsaPublicKey& key);
std::optional<EccPublicKey> decodeEcc(const Layout& layout, ByteView blob);
std::optional<RsaPublicKey> decodeRsa(const Layout& layout, ByteView blob);
std::size_t eccBlobSize(const Layout& layout);
std::size_t rsaBlobSize(const Layout& layout);

/// ECCSIGNATUREBLOB, the same in every layout: r and s of 32 bytes each.
constexpr std::size_t signatureBlobSize = 128;
Bytes encodeSignature(ByteView r, ByteView s);
/// r‖s of 64 bytes; nothing if more than 256 bits are used.
std::optional<Bytes> decodeSignature(ByteView blob);

}  // namespace sealferry::skf
