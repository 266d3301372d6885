// SPDX-License-Identifier: Apache-2.0
#include "protocol/coding.h"

#include <doctest/doctest.h>

using namespace sealferry;
using namespace sealferry::token;

namespace {

template <class T>
T through(const T& value) {
  cbor::Writer out;
  protocol::put(out, value);
  cbor::Reader in(out.written());
  T back{};
  protocol::take(in, back);
  CHECK(in.finished());
  return back;
}

}  // namespace

TEST_CASE("what goes into the pipe comes out of it") {
  KeyInfo key{"id", "serial", "某锁", "maker", "model", "pkcs11", "/lib/x.so", false, {}, 5, 100};
  key.pin.lastTry = true;
  key.pin.triesLeft = 1;
  const auto back = through(key);
  CHECK(back.label == "某锁");
  CHECK(back.pin == key.pin);
  CHECK_FALSE(back.writable);
  CHECK(back.freeBytes == 5);
  Change change{
      .order = "1", .put = {{"a", {1, 2}}, {"b", {}}}, .replaces = {Bytes(32, 9)}, .signCertificate = Bytes{7}};
  change.allowInPlace = true;
  const auto copy = through(change);
  CHECK(copy.put.size() == 2);
  CHECK(copy.put[0].content == Bytes{1, 2});
  CHECK(copy.replaces == change.replaces);
  CHECK(copy.signCertificate == change.signCertificate);
  CHECK_FALSE(copy.encryptionKey.has_value());
  CHECK(copy.allowInPlace);
  Error error{ErrorCode::pin_incorrect, "C_Login", 0xA0, 1, {{"last", "true"}}};
  const auto same = through(error);
  CHECK(same.code == ErrorCode::pin_incorrect);
  CHECK(same.triesLeft == 1);
  CHECK(same.detail.at("last") == "true");
}

TEST_CASE("an error code that is not in the table becomes internal") {
  CHECK(through(Error{static_cast<ErrorCode>(777), "x", 0, {}, {}}).code == ErrorCode::internal);
}

TEST_CASE("a structure cut off anywhere is refused") {
  cbor::Writer out;
  protocol::put(out, KeyPair{{1}, KeyUse::encryption, KeyAlgorithm::ecdsa, 256, Bytes(91)});
  for (std::size_t size = 0; size < out.written().size(); ++size) {
    cbor::Reader in(ByteView(out.written()).first(size));
    KeyPair pair;
    protocol::take(in, pair);
    CHECK_FALSE(in.finished());
  }
}

TEST_CASE("storage profiles, layouts and faces of seals cross the pipe") {
  const StorageProfile profile{.name = "vendor",
                               .mayWrite = true,
                               .devices = {{"Longmai", "GM*", ""}, {"", "", "1*"}},
                               .application = "APP",
                               .place = "SEAL{n}",
                               .first = 0,
                               .count = 3,
                               .encoding = SealEncoding::bjca,
                               .readRight = FileRight::user,
                               .writeRight = FileRight::nobody,
                               .fixedBytes = 15360,
                               .padding = 255,
                               .mostBytes = 20000,
                               .heightElement = "sealheight"};
  const KeyLayout layout{"vendor", false, true, "notNamed"};
  const Blob blob{"name", {1, 2}, SealFace{"公章", "单位", {3, 4}, 40, 41, 1, 2, 3}};
  cbor::Writer out;
  protocol::put(out, std::vector{profile});
  protocol::put(out, layout);
  protocol::put(out, blob);
  const auto bytes = out.take();
  cbor::Reader in(bytes);
  std::vector<StorageProfile> profiles;
  KeyLayout layoutBack;
  Blob blobBack;
  protocol::take(in, profiles);
  protocol::take(in, layoutBack);
  protocol::take(in, blobBack);
  REQUIRE(in.finished());
  CHECK(profiles == std::vector{profile});
  CHECK(layoutBack == layout);
  CHECK(blobBack.face == blob.face);
  for (std::size_t size = 0; size < bytes.size(); size += 7) {
    cbor::Reader cut(ByteView(bytes).first(size));
    protocol::take(cut, profiles);
    protocol::take(cut, layoutBack);
    protocol::take(cut, blobBack);
    CHECK_FALSE(cut.finished());
  }
}
