// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "order/work_order.h"
#include "pki/order_signer.h"
#include "pki/seal_maker.h"
#include "signer_serve.h"
#include "support/files.h"

using namespace sealferry;
using nlohmann::json;

namespace {

const std::string origin = "https://ca.example";
const std::string number = "2026112200017";

/// A store and one applicant's certificates, made once: RSA keys take their time.
struct Made {
  test::TemporaryFolder folder;
  Time now = std::time(nullptr);
  pki::Issuing issuing;
  trust::Certificate held, renewed;

  Made() : issuing(created()), held(certified()), renewed(pki::renew(rsa(), held, now - 60, now + 86'400).value()) {}

  const pki::Authority& rsa() const { return issuing.keyAuthority(trust::KeyKind::rsa); }
  std::filesystem::path store() const { return folder / "pki"; }

  pki::Issuing created() const {
    REQUIRE(pki::createStore(store(), now).has_value());
    return pki::Issuing::open(store()).value();
  }

  trust::Certificate certified() const {
    const auto key = pki::PrivateKey::generate(pki::KeyType::rsa2048).value();
    return pki::issue(rsa(), {pki::Profile::signing,
                              {.unit = "测试单位", .creditCode = "", .name = ""},
                              key.publicKeyInfo(),
                              now - 3600,
                              now + 3600})
        .value();
  }

  Bytes seal(const trust::Certificate& signer) const {
    return pki::makeSeal(issuing.sealMaker(), {.id = "35020000000001",
                                               .name = "测试单位电子公章",
                                               .signer = signer,
                                               .picture = pki::roundPicture("测试单位").value(),
                                               .created = now - 60,
                                               .notBefore = now - 60,
                                               .notAfter = now + 86'400})
        .value();
  }
};

/// A portal's database with one order, and the keys to go with it.
struct Portal {
  test::TemporaryFolder folder;
  const Made& made;
  Time now;
  Bytes seal;

  static const Made& shared() {
    static const Made one;
    return one;
  }

  Portal() : made(shared()), now(made.now), seal(made.seal(made.renewed)) {
    execute("CREATE TABLE orders(number TEXT PRIMARY KEY, state TEXT NOT NULL, note TEXT)");
    execute(std::string(pki::signerSchema));
    execute("INSERT INTO orders VALUES('" + number + "', 'ready', NULL)");
    execute("INSERT INTO work_orders VALUES('" + number + "','annualInspection','" + origin + "','1a2b3c4d'," +
            blob(made.held.sha256()) + "," + blob(made.renewed.der()) + ",NULL," + blob(Bytes(32, 1)) + ",0," +
            blob(Bytes(16, 9)) + ")");
    execute("INSERT INTO work_order_seals VALUES('" + number + "','35020000000001'," + blob(seal) + ")");
  }

  std::filesystem::path store() const { return made.store(); }
  std::filesystem::path database() const { return folder / "portal.db"; }

  static std::string blob(const Bytes& bytes) { return "x'" + toHex(bytes) + "'"; }

  void execute(const std::string& sql) const {
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open(database().c_str(), &handle) == SQLITE_OK);
    CHECK(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(handle);
  }

  json ask(const std::string& request) const {
    const auto keys = pki::openOrderKeys(store() / "orders").value();
    return json::parse(pki::answerTo(request, keys, {database(), origin}, now));
  }

  /// The word of a refusal, after the database was changed.
  std::string refusalAfter(const std::string& sql) const {
    execute(sql);
    const auto answer = ask(R"({"order":")" + number + R"("})");
    if (answer.contains("workOrder")) return "signed";
    return answer.at("error").get<std::string>() +
           (answer.contains("reason") ? ":" + answer.at("reason").get<std::string>() : "");
  }

  trust::Anchors orderAnchors() const {
    return {trust::readCertificates(test::readFile(store() / "public/roots/order/root.pem")).value(), {}};
  }
};

}  // namespace

TEST_CASE("what is signed is what lies in the database, by digests of our own") {
  const Portal portal;
  const auto answer = portal.ask(R"({"order":")" + number + R"("})");
  REQUIRE(answer.contains("workOrder"));
  const auto cms = fromBase64(answer.at("workOrder").get<std::string>()).value();
  const auto order = order::open(cms, portal.orderAnchors(), {}, portal.now).value();
  CHECK(order.number == number);
  CHECK(order.operation == order::Operation::annualInspection);
  CHECK(order.origin == origin);
  CHECK(order.keySerial == "1a2b3c4d");
  CHECK(order.keyCertificate == portal.made.held.sha256());
  CHECK(order.seals == std::vector<order::SealDigest>{{"35020000000001", sha256(portal.seal)}});
  CHECK(order.signCertificate == portal.made.renewed.sha256());
  CHECK_FALSE(order.encryptionCertificate.has_value());
  CHECK(order.replaces == std::vector<Bytes>{Bytes(32, 1)});
  CHECK(order.nonce == Bytes(16, 9));
  CHECK(order.notAfter - order.notBefore == 960);
}

TEST_CASE("what is not approved, or does not fit, is not signed") {
  const Portal portal;
  const std::string orders = "UPDATE work_orders SET ", seals = "UPDATE work_order_seals SET ";
  SUBCASE("state") {
    for (const auto* state : {"pendingPayment", "pendingReview", "done", "returned", "cancelled", "READY", ""})
      CHECK(portal.refusalAfter("UPDATE orders SET state='" + std::string(state) + "'") == "order_not_ready");
    CHECK(portal.refusalAfter("UPDATE orders SET state='ready'") == "signed");
  }
  SUBCASE("origin") { CHECK(portal.refusalAfter(orders + "origin='https://evil.example'") == "order_unfit:origin"); }
  SUBCASE("operation") { CHECK(portal.refusalAfter(orders + "operation='format'") == "order_unfit:operation"); }
  SUBCASE("an order to unblock that writes something") {
    CHECK(portal.refusalAfter(orders + "operation='unblock'") == "order_unfit:operation");
    CHECK(portal.refusalAfter("DELETE FROM work_order_seals") == "order_unfit:operation");
    CHECK(portal.refusalAfter(orders + "replaces=x''") == "order_unfit:operation");
    CHECK(portal.refusalAfter(orders + "sign_certificate=NULL") == "signed");
    CHECK(portal.refusalAfter(orders + "key_certificate_sha256=NULL") == "order_unfit:operation");
  }
  SUBCASE("nonce") { CHECK(portal.refusalAfter(orders + "nonce=x'00'") == "order_unfit:order"); }
  SUBCASE("replaces") { CHECK(portal.refusalAfter(orders + "replaces=x'0011'") == "order_unfit:replaces"); }
  SUBCASE("a certificate of somebody else") {
    const auto foreign =
        pki::makeRoot(pki::KeyType::p256, {.unit = "x", .creditCode = "", .name = ""}, 0, 4'000'000'000);
    CHECK(portal.refusalAfter(orders + "sign_certificate=" + Portal::blob(foreign->certificate.der())) ==
          "order_unfit:signCertificate");
    CHECK(portal.refusalAfter(orders + "sign_certificate=x'3000'") == "order_unfit:signCertificate");
  }
  SUBCASE("a signing certificate where an encryption certificate belongs") {
    CHECK(portal.refusalAfter(orders + "encryption_certificate=" + Portal::blob(portal.made.renewed.der())) ==
          "order_unfit:encryptionCertificate");
  }
  SUBCASE("a seal for another certificate") {
    CHECK(portal.refusalAfter(seals + "der=" + Portal::blob(portal.made.seal(portal.made.held))) ==
          "order_unfit:seals");
    CHECK(portal.refusalAfter(orders + "sign_certificate=NULL") == "signed");  // it is for the one that stays
  }
  SUBCASE("a tampered seal") {
    auto bad = portal.seal;
    bad.back() ^= 1;
    CHECK(portal.refusalAfter(seals + "der=" + Portal::blob(bad)) == "order_unfit:seals");
  }
  SUBCASE("a seal under another id") { CHECK(portal.refusalAfter(seals + "id='x'") == "order_unfit:seals"); }
}

TEST_CASE("requests that are none") {
  const Portal portal;
  for (const auto* bad : {"", "{}", "[]", "{\"order\":1}", "{\"order\":\"1\",\"state\":\"ready\"}", "{\"order\":\"1\""})
    CHECK(portal.ask(bad).at("error") == "bad_request");
  CHECK(portal.ask("{\"order\":\"x' OR '1'='1\"}").at("error") == "no_such_order");
}

TEST_CASE("the process itself, over its socket") {
  const Portal portal;
  const auto socket = portal.folder / "signer.socket";
  const auto keys = (portal.store() / "orders").string(), database = portal.database().string(), at = socket.string();
  const pid_t child = fork();
  if (child == 0) {
    execl(SEALFERRY_SIGNER, "sealferry-order-signer", "--keys", keys.c_str(), "--database", database.c_str(),
          "--socket", at.c_str(), "--origin", origin.c_str(), nullptr);
    _exit(127);
  }
  for (int i = 0; i < 100 && !std::filesystem::exists(socket); ++i) usleep(20'000);
  struct stat status {};
  REQUIRE(stat(socket.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  const auto cms = pki::requestWorkOrder(socket, number);
  REQUIRE(cms.has_value());
  CHECK(order::open(*cms, portal.orderAnchors(), {}, std::time(nullptr)).has_value());
  CHECK(pki::requestWorkOrder(socket, "1").error().detail.at("reason") == "no_such_order");
  portal.execute("UPDATE orders SET state='done'");
  CHECK(pki::requestWorkOrder(socket, number).error().detail.at("reason") == "order_not_ready");
  kill(child, SIGTERM);
  int result = 0;
  waitpid(child, &result, 0);
  CHECK(WIFEXITED(result));
  CHECK(WEXITSTATUS(result) == 0);
  CHECK_FALSE(std::filesystem::exists(socket));
  CHECK(pki::requestWorkOrder(socket, number).error().code == ErrorCode::internal);
}
