// SPDX-License-Identifier: Apache-2.0
// Lists as CAs write them, and as nobody should.
#include <doctest/doctest.h>

#include "support/list.h"
#include "trust/der.h"

using namespace sealferry;
using namespace sealferry::test;
namespace der = trust::der;

namespace {

struct World {
  Key key = Key::sm2();
  trust::Certificate root = selfSigned(key);
  trust::Certificate leaf = certify(Key::sm2(), key, {.serial = 0x0102});

  std::string reasonWith(const ListPieces& pieces) const {
    const auto crl = trust::Crl::fromDer(listOf(key, root, pieces));
    if (!crl) return crl.error().detail.at("reason");
    return trust::checkChain(leaf, {}, {{root}, {*crl}}, now, {}).reason;
  }
  trust::ChainResult with(const ListPieces& pieces, Time at = now) const {
    return trust::checkChain(leaf, {}, {{root}, {trust::Crl::fromDer(listOf(key, root, pieces)).value()}}, at, {});
  }
};

const Bytes serial{1, 2}, other{1, 3};
Bytes yesterday() { return der::encodeUtcTime(now - day); }

}  // namespace

TEST_CASE("an entry revokes, whatever its time is written in and however its number is padded") {
  const World world;
  CHECK(world.reasonWith({}) == "");
  CHECK(world.with({}).revocationKnown);
  CHECK(world.reasonWith({.entries = entryOf(other, yesterday())}) == "");
  for (const auto& time : {yesterday(), der::encodeGeneralizedTime(now - day)}) {
    CHECK(world.reasonWith({.entries = entryOf(serial, time)}) == "revoked");
    CHECK(world.with({.entries = entryOf(serial, time)}).revokedAt == now - day);
  }
  CHECK(world.reasonWith({.entries = entryOf(Bytes{0, 1, 2}, yesterday())}) == "revoked");
  CHECK(world.reasonWith({.entries = entryOf(Bytes{0, 0, 1, 2}, yesterday())}) == "revoked");
  CHECK(world.reasonWith({.entries = entryOf(Bytes{1, 2, 0}, yesterday())}) == "");
  const auto unreadable = der::encodeText(der::tag::utcTime, "neverever");
  CHECK(world.reasonWith({.entries = entryOf(serial, unreadable)}) == "revoked");
}

TEST_CASE("named twice: the earliest counts, wherever it stands") {
  const World world;
  const auto early = entryOf(serial, der::encodeUtcTime(now - 3 * day)), late = entryOf(serial, yesterday());
  for (const auto& entries : {der::join({early, late}), der::join({late, early})})
    CHECK(world.with({.entries = entries}).revokedAt == now - 3 * day);
}

TEST_CASE("critical extensions, of the list or of one entry: the list says nothing") {
  const World world;
  const auto revoked = entryOf(serial, yesterday());
  CHECK(world.reasonWith({.entries = revoked, .extensions = unknownExtension(false)}) == "revoked");
  const auto partial = world.with({.entries = revoked, .extensions = unknownExtension(true)});
  CHECK(partial.trusted);
  CHECK_FALSE(partial.revocationKnown);
  const auto entry = [](bool critical) {
    return entryOf(other, yesterday(), der::sequence({unknownExtension(critical)}));
  };
  CHECK(world.reasonWith({.entries = der::join({entry(false), revoked})}) == "revoked");
  CHECK_FALSE(world.with({.entries = der::join({entry(true), revoked})}).revocationKnown);
  CHECK_FALSE(world.with({.entries = der::join({revoked, entry(true)})}).revocationKnown);
}

TEST_CASE("extensions that are known count, critical or not: a number, a reason, a date") {
  const World world;
  const auto critical = [](const char* oid, const Bytes& value) {
    return der::sequence({der::encodeObjectIdentifier(oid), der::encodeBoolean(true), der::encodeOctets(value)});
  };
  const auto number = critical("2.5.29.20", der::encodeInteger(5));
  CHECK(world.reasonWith({.entries = entryOf(serial, yesterday()), .extensions = number}) == "revoked");
  CHECK(world.with({.extensions = number}).revocationKnown);
  const auto reason = critical("2.5.29.21", der::element(10, false, Bytes{1}));
  const auto date = critical("2.5.29.24", der::encodeGeneralizedTime(now - 3 * day));
  CHECK(world.reasonWith({.entries = entryOf(serial, yesterday(), der::sequence({reason, date}))}) == "revoked");
}

TEST_CASE("lists were there, and none of them says anything of the leaf") {
  const World world;
  CHECK_FALSE(trust::checkChain(world.leaf, {}, {{world.root}, {}}, now, {}).revocationUnknown);
  CHECK_FALSE(world.with({}).revocationUnknown);
  CHECK(world.with({.extensions = unknownExtension(true)}).revocationUnknown);
  const auto forged = trust::Crl::fromDer(listOf(Key::sm2(), world.root, {})).value();
  CHECK(trust::checkChain(world.leaf, {}, {{world.root}, {forged}}, now, {}).revocationUnknown);
}

TEST_CASE("lists of part of the certificates, and delta lists: what they name is revoked, their silence says nothing") {
  const World world;
  const auto extension = [](const char* oid, bool critical, const Bytes& value) {
    return der::sequence(
        {der::encodeObjectIdentifier(oid), critical ? der::encodeBoolean(true) : Bytes{}, der::encodeOctets(value)});
  };
  const auto yes = Bytes{0xff};
  const auto point = [&](int tag) {
    return extension("2.5.29.28", true, der::sequence({der::element(der::tag::context(tag), tag == 0, yes)}));
  };
  const auto named = entryOf(serial, yesterday());
  const auto delta = extension("2.5.29.27", true, der::encodeInteger(1));
  const auto own = extension("2.5.29.28", true, der::sequence({}));
  for (const auto& partial : {delta, own, point(1), point(2)}) {
    CHECK(world.reasonWith({.entries = named, .extensions = partial}) == "revoked");
    const auto silent = world.with({.entries = entryOf(other, yesterday()), .extensions = partial});
    CHECK(silent.trusted);
    CHECK_FALSE(silent.revocationKnown);
    CHECK(silent.revocationUnknown);
    CHECK_FALSE(silent.crlOutdated);
    const auto over = der::encodeUtcTime(now - 60);
    CHECK(world.with({.extensions = partial, .nextUpdate = over}).crlOutdated);
    CHECK_FALSE(world.with({.entries = named, .extensions = partial}, now - 2 * day).revocationUnknown);
  }
  // Indirect lists, and those of attribute certificates, name certificates of somebody else by the same number.
  for (const int tag : {4, 5}) CHECK(world.reasonWith({.entries = named, .extensions = point(tag)}) == "");
  CHECK(world.reasonWith({.entries = named, .extensions = extension("2.5.29.28", true, Bytes{1})}) == "");
  CHECK(world.reasonWith({.entries = named, .extensions = der::join({delta, unknownExtension(true)})}) == "");
  const auto reason = [&](std::uint8_t code) {
    return der::sequence({extension("2.5.29.21", false, der::element(10, false, Bytes{code}))});
  };
  CHECK(world.reasonWith({.entries = entryOf(serial, yesterday(), reason(6)), .extensions = delta}) == "revoked");
  CHECK(world.reasonWith({.entries = entryOf(serial, yesterday(), reason(8)), .extensions = delta}) == "");
}

TEST_CASE("without nextUpdate a list is never outdated; with one it is, and still revokes") {
  const World world;
  CHECK_FALSE(world.with({}).crlOutdated);
  const auto over = der::encodeUtcTime(now - 60);
  CHECK(world.with({.nextUpdate = over}).crlOutdated);
  CHECK(world.reasonWith({.entries = entryOf(serial, yesterday()), .nextUpdate = over}) == "revoked");
}

TEST_CASE("malformed anywhere: refused as a whole") {
  const World world;
  const auto good = entryOf(serial, yesterday());
  const std::vector<Bytes> entries{
      der::encodeNull(),
      der::sequence({der::encodeInteger(1)}),
      der::sequence({der::encodeInteger(1), der::encodeNull()}),
      der::sequence({yesterday(), der::encodeInteger(1)}),
      entryOf(serial, yesterday(), der::encodeNull()),
      entryOf(serial, yesterday(), der::sequence({der::encodeNull()})),
      entryOf(serial, yesterday(), der::sequence({der::sequence({der::encodeOctets({})})})),
      der::join({good, Bytes{0x30}}),
  };
  for (const auto& bad : entries) CHECK(world.reasonWith({.entries = der::join({good, bad})}) == "malformed");
  CHECK(world.reasonWith({.extensions = der::encodeNull()}) == "malformed");
  CHECK(world.reasonWith({.nextUpdate = der::encodeText(der::tag::utcTime, "x")}) == "malformed");
  auto followed = listOf(world.key, world.root, {});
  followed.push_back(0);
  CHECK_FALSE(trust::Crl::fromDer(followed).has_value());
}

TEST_CASE("one changed byte anywhere never makes a revoked certificate good with a list that counts") {
  const World world;
  const auto list = listOf(world.key, world.root, {.entries = entryOf(serial, yesterday())});
  for (std::size_t i = 0; i < list.size(); ++i) {
    auto changed = list;
    changed[i] ^= 1;
    const auto crl = trust::Crl::fromDer(changed);
    if (!crl) continue;
    const auto result = trust::checkChain(world.leaf, {}, {{world.root}, {*crl}}, now, {});
    CHECK((result.reason == "revoked" || !result.revocationKnown));
  }
}
