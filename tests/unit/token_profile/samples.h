// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <string>

#include "base/digest.h"
#include "profile/coding.h"

namespace sealferry::token::profile {

/// A DER SEQUENCE that begins as an SES seal does, filled up to this many bytes.
inline Bytes sampleSeal(std::size_t filling = 3000, std::uint8_t with = 7) {
  const auto wrap = [](std::uint8_t tag, const Bytes& content) {
    Bytes out{tag, 0x82, static_cast<std::uint8_t>(content.size() >> 8), static_cast<std::uint8_t>(content.size())};
    out.insert(out.end(), content.begin(), content.end());
    return out;
  };
  Bytes head{0x16, 2, 'E', 'S'};
  head.resize(300, with);
  auto info = wrap(0x30, head);
  const auto picture = wrap(0x04, Bytes(filling, with));
  info.insert(info.end(), picture.begin(), picture.end());
  return wrap(0x30, wrap(0x30, info));
}

inline Bytes samplePicture(std::size_t filling = 500, std::uint8_t with = 7) {
  Bytes png{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  png.resize(png.size() + filling, with);
  return png;
}

inline VendorSeal asSeal(Bytes der = sampleSeal()) { return {false, std::move(der), {}}; }

inline VendorSeal asPicture(std::string title = "某某建设有限公司", Bytes picture = samplePicture()) {
  return {true,
          {},
          {.title = std::move(title),
           .owner = "某某建设有限公司",
           .picture = std::move(picture),
           .widthMm = 42,
           .heightMm = 38,
           .made = 1'790'000'000,
           .notBefore = 1'790'000'001,
           .notAfter = 1'821'000'000}};
}

/// A seal in which its picture lies, as in an SES seal, and with its face.
inline Blob sampleBlob(const std::string& name, std::uint8_t with) {
  auto picture = samplePicture(900, with);
  auto der = sampleSeal(3000, with);
  std::copy(picture.begin(), picture.end(), der.end() - 2000);
  auto face = asPicture("公章" + std::to_string(with), std::move(picture)).face;
  return {name, std::move(der), std::move(face)};
}

inline StorageProfile profileOf(SealEncoding encoding, std::uint32_t fixedBytes = 0) {
  return {.name = "test", .place = "SEAL", .encoding = encoding, .fixedBytes = fixedBytes};
}

inline constexpr SealEncoding allEncodings[] = {SealEncoding::der, SealEncoding::base64, SealEncoding::base64Picture,
                                                SealEncoding::sealinfos, SealEncoding::bjca};

inline VendorSeal sampleFor(SealEncoding encoding) { return keepsSeal(encoding) ? asSeal() : asPicture(); }

/// What is left of a seal in a file of this encoding.
inline VendorSeal afterwards(SealEncoding encoding, VendorSeal seal) {
  if (encoding == SealEncoding::base64Picture) seal.face = {.picture = seal.face.picture};
  if (encoding == SealEncoding::sealinfos) seal.face.made = seal.face.notBefore = seal.face.notAfter = 0;
  if (encoding == SealEncoding::bjca) {
    seal.face.owner.clear();
    seal.face.widthMm = seal.face.heightMm = 0;
  }
  return seal;
}

inline std::string reasonOf(const Result<Bytes>& result) {
  if (result) return "none";
  const auto found = result.error().detail.find("reason");
  return found == result.error().detail.end() ? std::string(errorRow(result.error().code).name) : found->second;
}

}  // namespace sealferry::token::profile
