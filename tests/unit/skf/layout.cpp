// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "skf_layout/blobs.h"

using namespace sealferry;
using namespace sealferry::skf;

namespace {

const Layout packed32{4, true}, natural32{4, false}, packed64{8, true}, natural64{8, false};

DeviceInfo key() { return {"maker", "issuer", "label", "SN0001", 72'576, 70'000}; }

}  // namespace

TEST_CASE("the sizes of the standard's structures") {
  CHECK(encode(packed32, key()).size() == 294);
  CHECK(encode(natural32, key()).size() == 296);
  CHECK(eccBlobSize(packed32) == 132);
  CHECK(rsaBlobSize(packed32) == 268);
  CHECK(encode(packed32, FileAttributes{}).size() == 44);
  CHECK(encode(natural32, FileAttributes{}).size() == 44);
  CHECK(eccBlobSize(natural64) == 136);
  CHECK(rsaBlobSize(packed64) == 276);
  CHECK(rsaBlobSize(natural64) == 280);
}

TEST_CASE("DEVINFO is read in every layout, also when the packing is not as it was said") {
  for (const auto& written : {packed32, natural32, packed64, natural64})
    for (const bool said : {true, false}) {
      auto buffer = encode(written, key());
      buffer.resize(deviceInfoBuffer, 0xAA);  // what the library left behind it
      const auto read = decodeDeviceInfo({written.ulongBytes, said}, buffer);
      REQUIRE(read);
      CHECK(read->serial == "SN0001");
      CHECK(read->totalBytes == 72'576);
      CHECK(read->freeBytes == 70'000);
    }
}

TEST_CASE("numbers that make no sense are no room, and fields without an end are cut") {
  auto absurd = key();
  absurd.freeBytes = absurd.totalBytes + 1;
  auto read = decodeDeviceInfo(packed32, encode(packed32, absurd));
  REQUIRE(read);
  CHECK(read->totalBytes == 0);
  CHECK_FALSE(decodeDeviceInfo(packed32, Bytes(100, 'x')));
  read = decodeDeviceInfo(packed32, Bytes(deviceInfoBuffer, 'x'));
  REQUIRE(read);
  CHECK(read->manufacturer.size() == 64);
  CHECK(read->serial.size() == 32);
}

TEST_CASE("public keys and signatures go there and back, and nothing beyond 256 bits is taken") {
  const EccPublicKey ecc{Bytes(32, 1), Bytes(32, 2)};
  const RsaPublicKey rsa{2048, Bytes(256, 3), Bytes{1, 0, 1}};
  for (const auto& layout : {packed32, natural32, packed64, natural64}) {
    CHECK(decodeEcc(layout, encode(layout, ecc)) == ecc);
    const auto back = decodeRsa(layout, encode(layout, rsa));
    REQUIRE(back);
    CHECK(back->modulus == rsa.modulus);
    CHECK(back->exponent == rsa.exponent);
  }
  auto wide = encode(packed32, ecc);
  wide[4] = 1;
  CHECK_FALSE(decodeEcc(packed32, wide));
  CHECK_FALSE(decodeEcc(packed32, Bytes(131)));
  CHECK_FALSE(decodeRsa(packed32, Bytes(268)));
  const auto signature = encodeSignature(Bytes(32, 5), Bytes(32, 6));
  CHECK(signature.size() == signatureBlobSize);
  CHECK(decodeSignature(signature)->size() == 64);
  auto bad = signature;
  bad[64] = 1;
  CHECK_FALSE(decodeSignature(bad));
  CHECK_FALSE(decodeSignature(Bytes(64)));
}

TEST_CASE("an RSA modulus shorter than its field may stand on either side") {
  RsaPublicKey rsa{1024, Bytes(128, 9), Bytes{1, 0, 1}};
  auto right = encode(packed32, rsa);
  CHECK(decodeRsa(packed32, right)->modulus == rsa.modulus);
  auto left = right;
  std::fill(left.begin() + 8, left.begin() + 136, std::uint8_t{9});
  std::fill(left.begin() + 136, left.begin() + 264, std::uint8_t{0});
  CHECK(decodeRsa(packed32, left)->modulus == rsa.modulus);
}
