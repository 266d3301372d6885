// SPDX-License-Identifier: Apache-2.0
#include "trust/timestamp.h"

#include <doctest/doctest.h>
#include <openssl/pem.h>

#include "base/digest.h"
#include "support/files.h"
#include "support/stamp_authority.h"
#include "trust/der.h"

using namespace sealferry;
using namespace sealferry::test;

namespace {

const Bytes stamped{1, 2, 3, 4};

/// A token by `openssl ts`, with an RSA authority.
Bytes opensslToken(const Key& key, const trust::Certificate& certificate, const Key& root, const char* digest) {
  const TemporaryFolder folder;
  const auto at = [&](const char* name) { return (folder / name).string(); };
  writeFile(folder / "data", stamped);
  writeFile(folder / "tsa.pem", viewOf(certificate.pem()));
  writeFile(folder / "root.pem", viewOf(selfSigned(root).pem()));
  writeFile(folder / "serial", viewOf("01\n"));
  BIO* out = BIO_new_file(at("key.pem").c_str(), "w");
  PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  BIO_free(out);
  const std::string setting = "[tsa]\ndefault_tsa=t\n[t]\nserial=" + at("serial") + "\nsigner_cert=" + at("tsa.pem") +
                              "\nsigner_key=" + at("key.pem") +
                              "\nsigner_digest=sha256\ndefault_policy=1.2.3.4.1\ndigests=sha256,sm3\n"
                              "ess_cert_id_alg=sha256\n";
  writeFile(folder / "ts.cnf", viewOf(setting));
  REQUIRE(run("openssl ts -query -data " + at("data") + " -" + digest + " -cert -out " + at("query")) == 0);
  REQUIRE(run("openssl ts -reply -config " + at("ts.cnf") + " -queryfile " + at("query") + " -token_out -out " +
              at("token")) == 0);
  return readFile(folder / "token");
}

}  // namespace

TEST_CASE("tokens of the openssl command, over SHA-256 and over SM3") {
  const auto root = Key::rsa();
  const StampAuthority authority(root, Key::rsa());
  const trust::Anchors anchors{{selfSigned(root)}, {}};
  for (const auto* digest : {"sha256", "sm3"}) {
    CAPTURE(digest);
    const auto stamp = trust::readTimestamp(opensslToken(authority.key, authority.certificate, root, digest));
    REQUIRE(stamp);
    CHECK(trust::nameOf(stamp->digest) == digest);
    CHECK(trust::checkTimestamp(*stamp, stamped, anchors) == "");
    CHECK(trust::checkTimestamp(*stamp, Bytes{9}, anchors) == "imprintMismatch");
  }
}

TEST_CASE("tokens of SM2 authorities, and who is none") {
  const auto root = Key::sm2();
  const StampAuthority authority(root);
  const trust::Anchors anchors{{selfSigned(root)}, {}};
  const auto stamp = trust::readTimestamp(authority.token(stamped, now)).value();
  CHECK(stamp.time == now);
  CHECK(trust::checkTimestamp(stamp, stamped, anchors) == "");
  CHECK(trust::checkTimestamp(stamp, stamped, {}) == "untrusted");

  StampAuthority anybody(root);
  anybody.certificate = certify(anybody.key, root, {.subject = "Anybody", .serial = 10});
  const auto claimed = trust::readTimestamp(anybody.token(stamped, now)).value();
  CHECK(trust::checkTimestamp(claimed, stamped, anchors) == "badUsage");

  const auto late = trust::readTimestamp(authority.token(stamped, authority.certificate.notAfter() + day)).value();
  CHECK(trust::checkTimestamp(late, stamped, anchors) == "expired");
}

TEST_CASE(
    "an authority that does other things too, or does not say under a critical extension that it does not; SHA-1") {
  const auto root = Key::sm2();
  StampAuthority authority(root);
  const trust::Anchors anchors{{selfSigned(root)}, {}};
  const auto word = [&](const std::string& digest = "1.2.156.10197.1.401") {
    const auto stamp = trust::readTimestamp(authority.token(stamped, now, digest)).value();
    CHECK(trust::checkTimestampOver(stamp, trust::digestOf(stamp.digest, stamped), nullptr) == "");
    return trust::checkTimestamp(stamp, stamped, anchors);
  };
  CHECK(word(sha1Oid) == "weakAlgorithm");
  for (const auto* usage : {"timeStamping", "critical,timeStamping,serverAuth", "critical,serverAuth"}) {
    authority.certificate = certify(authority.key, root, {.subject = "Time", .serial = 9, .extendedKeyUsage = usage});
    CHECK(word() == "badUsage");
  }
}

TEST_CASE("a token with indefinite lengths outside, and SM3 under its longer number") {
  namespace der = trust::der;
  const auto root = Key::sm2();
  const StampAuthority authority(root);
  const trust::Anchors anchors{{selfSigned(root)}, {}};
  const auto token = authority.token(stamped, now);
  auto outer = *der::inside(*der::only(token));
  const auto type = copyOf(outer.next()->whole), data = copyOf(outer.next()->content);
  const auto loose = der::join({Bytes{0x30, 0x80}, type, Bytes{0xa0, 0x80}, data, Bytes{0, 0}, Bytes{0, 0}});
  const auto stamp = trust::readTimestamp(loose);
  REQUIRE(stamp);
  CHECK(trust::checkTimestamp(*stamp, stamped, anchors) == "");
  CHECK_FALSE(trust::readTimestamp(ByteView(loose).first(loose.size() - 1)));

  const auto longer = trust::readTimestamp(authority.token(stamped, now, "1.2.156.10197.1.401.1"));
  REQUIRE(longer);
  CHECK(trust::checkTimestamp(*longer, stamped, anchors) == "");
}

TEST_CASE("cut or changed anywhere, a token states nothing else") {
  const auto root = Key::sm2();
  const StampAuthority authority(root);
  const trust::Anchors anchors{{selfSigned(root)}, {}};
  const auto good = authority.token(stamped, now);
  for (std::size_t i = 0; i < good.size(); ++i) {
    CAPTURE(i);
    REQUIRE_FALSE(trust::readTimestamp(ByteView(good).first(i)));
    auto changed = good;
    changed[i] = static_cast<std::uint8_t>(changed[i] ^ (1U << (i % 8)));
    const auto stamp = trust::readTimestamp(changed);
    if (!stamp || !trust::checkTimestamp(*stamp, stamped, anchors).empty()) continue;
    // Some bytes of CMS are signed by nobody, such as its version: what is stated has not changed.
    CHECK(stamp->time == now);
    CHECK(stamp->message.signer == authority.certificate);
  }
}

TEST_CASE("another message is no token") {
  const auto root = Key::ec();
  const auto key = Key::ec();
  const auto signer = certify(key, root, {});
  const auto draft =
      trust::cms::prepare({.signer = signer, .algorithm = trust::SignatureAlgorithm::ecdsaSha256, .content = Bytes{1}});
  const auto message = complete(draft.value(), key);
  CHECK(trust::readTimestamp(message).error().detail.at("reason") == "notTimestamp");
}

TEST_CASE("a request for a time stamp is one that openssl reads") {
  const TemporaryFolder folder;
  const auto at = [&](const char* name) { return (folder / name).string(); };
  writeFile(folder / "query", trust::timestampRequest(stamped));
  REQUIRE(run("openssl ts -query -in " + at("query") + " -text -out " + at("text")) == 0);
  const auto text = textOf(readFile(folder / "text"));
  CHECK(text.find("Hash Algorithm: sha256") != std::string::npos);
  CHECK(text.find("Certificate required: yes") != std::string::npos);
}
