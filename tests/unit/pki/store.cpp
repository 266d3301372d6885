// SPDX-License-Identifier: Apache-2.0
#include "pki/store.h"

#include <doctest/doctest.h>

#include "order/work_order.h"
#include "pki/seal_maker.h"
#include "pki/time_authority.h"
#include "support/files.h"
#include "support/pki.h"
#include "trust/timestamp.h"

using namespace sealferry;
using test::day;
using test::now;
namespace fs = std::filesystem;

namespace {

bool isPrivate(const fs::path& path) {
  return (fs::status(path).permissions() & (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none;
}

trust::Anchors anchorsIn(const fs::path& folder, const char* kind) {
  trust::Anchors out;
  for (const auto& file : fs::directory_iterator(folder / "roots" / kind)) {
    const auto all = trust::readCertificates(test::readFile(file.path())).value();
    out.roots.insert(out.roots.end(), all.begin(), all.end());
  }
  for (const auto& file : fs::directory_iterator(folder / "crls")) {
    const auto all = trust::readCrls(test::readFile(file.path())).value();
    out.crls.insert(out.crls.end(), all.begin(), all.end());
  }
  return out;
}

trust::Certificate applicant(const pki::Issuing& issuing, pki::KeyType type, trust::KeyKind kind) {
  const auto key = pki::PrivateKey::generate(type).value();
  return pki::issue(issuing.keyAuthority(kind), {pki::Profile::signing,
                                                 {.unit = "测试单位", .creditCode = "", .name = ""},
                                                 key.publicKeyInfo(),
                                                 now - 60,
                                                 now + day})
      .value();
}

}  // namespace

TEST_CASE("a store: private folders, chains to what policy gets, lists") {
  const test::TemporaryFolder folder;
  const auto place = folder / "pki";
  REQUIRE(pki::createStore(place, now));
  for (const auto* name : {"issuing", "orders", "offline", "issuing/key-rsa.key.pem", "issuing/seal-maker.key.pem",
                           "orders/order-signer.key.pem", "offline/seal-root.key.pem", "offline/order-root.key.pem"})
    CHECK(isPrivate(place / name));
  REQUIRE(pki::writePolicyFiles(place, folder / "policy"));

  const auto issuing = pki::Issuing::open(place).value();
  const auto orders = pki::openOrderKeys(place / "orders").value();
  const auto keyAnchors = anchorsIn(folder / "policy", "key");
  CHECK(keyAnchors.roots.size() == 2);
  CHECK(keyAnchors.crls.size() == 4);
  const auto rsa = applicant(issuing, pki::KeyType::rsa2048, trust::KeyKind::rsa);
  const auto sm2 = applicant(issuing, pki::KeyType::sm2, trust::KeyKind::sm2);
  for (const auto& certificate : {rsa, sm2}) {
    const auto chain = trust::checkChain(certificate, {}, keyAnchors, now, {});
    CHECK(chain.reason == "");
    CHECK(chain.revocationKnown);
    CHECK_FALSE(chain.crlOutdated);
  }
  const trust::Purpose orderPurpose{.extendedKeyUsage = std::string(order::signerUsage)};
  const auto orderAnchors = anchorsIn(folder / "policy", "order");
  CHECK(trust::checkChain(orders.signer.certificate, {}, orderAnchors, now, orderPurpose).trusted);
  CHECK_FALSE(trust::checkChain(orders.signer.certificate, {}, keyAnchors, now, orderPurpose).trusted);
  const auto sealAnchors = anchorsIn(folder / "policy", "seal");
  CHECK(trust::checkChain(issuing.sealMaker().certificate, {}, sealAnchors, now, {}).trusted);
  CHECK_FALSE(trust::checkChain(rsa, {}, sealAnchors, now, {}).trusted);

  REQUIRE(pki::revoke(place, rsa, now));
  REQUIRE(pki::revoke(place, rsa, now + 5));
  const auto after = pki::Issuing::open(place).value();
  CHECK(trust::checkChain(rsa, {}, after.keyAnchors(), now + 10, {}).reason == "revoked");
  CHECK(trust::checkChain(rsa, {}, after.keyAnchors(), now + 10, {}).revokedAt == now);
  CHECK(trust::checkChain(sm2, {}, after.keyAnchors(), now + 10, {}).trusted);
  CHECK(pki::revoke(place, test::selfSigned(test::Key::ec()), now).error().code == ErrorCode::certificate_invalid);
}

TEST_CASE("the store's time authority: its tokens hold under the roots of seals, and nobody else's stand in for them") {
  const test::TemporaryFolder folder;
  REQUIRE(pki::createStore(folder / "pki", now));
  const auto issuing = pki::Issuing::open(folder / "pki").value();
  const Bytes stamped{1, 2, 3};
  const auto token = pki::timeStamp(issuing.timeAuthority(), stamped, now + 7);
  REQUIRE(token);
  const auto read = trust::readTimestamp(*token);
  REQUIRE(read);
  CHECK(read->time == now + 7);
  CHECK(trust::checkTimestamp(*read, stamped, issuing.sealAnchors()) == "");
  CHECK(trust::checkTimestamp(*read, Bytes{1, 2, 4}, issuing.sealAnchors()) == "imprintMismatch");
  CHECK_FALSE(trust::checkTimestamp(*read, stamped, issuing.keyAnchors()).empty());
  const auto notAnAuthority = pki::timeStamp(issuing.sealMaker(), stamped, now).value();
  CHECK_FALSE(
      trust::checkTimestamp(trust::readTimestamp(notAnAuthority).value(), stamped, issuing.sealAnchors()).empty());
  CHECK(*token != pki::timeStamp(issuing.timeAuthority(), stamped, now + 7).value());  // a number of its own
}

TEST_CASE("a folder that holds something is left alone") {
  const test::TemporaryFolder folder;
  test::writeFile(folder / "precious", viewOf("x"));
  CHECK(pki::createStore((folder / "precious").parent_path(), now).error().detail.at("field") == "folder");
  CHECK_FALSE(pki::Issuing::open(folder / "nowhere").has_value());
}
