// SPDX-License-Identifier: Apache-2.0
// Signatures whose own structure is wrong although the key was there, and what signatures permit.
#include <doctest/doctest.h>

#include "attacker.h"
#include "support/stamp_authority.h"
#include "trust/cms.h"
#include "trust/der.h"

using namespace sealferry;
using namespace sealferry::test;

namespace {

std::string signedPlain(const SigningHabits& habits, Xref kind = Xref::table) {
  return signedBy(plainDocument(kind), kind, habits);
}

std::string firstReason(const std::string& file) {
  const auto report = reportOn(file);
  REQUIRE_MESSAGE(report.signatures.size() == 1, report.verdict);
  const auto& one = report.signatures.front();
  CHECK((one.verdict == "invalid") == !one.reasons.empty());
  return one.reasons.empty() ? std::string() : one.reasons.front();
}

std::string replaced(std::string file, const std::string& from, const std::string& to) {
  const auto at = file.rfind(from);
  REQUIRE(at != std::string::npos);
  return file.replace(at, from.size(), to);
}

/// Adds an unsigned attribute with a time stamp token to a message of ours: the last element of its only SignerInfo.
Bytes withToken(const Bytes& message, const StampAuthority& authority, ByteView stamped, Time time) {
  using namespace trust;
  const auto attribute = der::sequence({der::encodeObjectIdentifier("1.2.840.113549.1.9.16.2.14"),
                                        der::element(der::tag::set, true, authority.token(stamped, time))});
  const auto addition = der::element(der::tag::context(1), true, attribute);
  auto outer = *der::inside(*der::only(message));
  const auto type = *outer.next();
  auto body = *der::inside(*der::only(outer.next()->content));
  Bytes all;
  for (auto element = body.next(); element; element = body.next()) {
    auto bytes = copyOf(element->whole);
    if (body.atEnd()) {
      auto signer = copyOf(der::only(element->content)->content);
      signer.insert(signer.end(), addition.begin(), addition.end());
      bytes = der::element(der::tag::set, true, der::element(der::tag::sequence, true, signer));
    }
    all.insert(all.end(), bytes.begin(), bytes.end());
  }
  return der::sequence(
      {copyOf(type.whole), der::element(der::tag::context(0), true, der::element(der::tag::sequence, true, all))});
}

/// What the signature value in a message of ours is.
Bytes valueOf(const Bytes& message) { return trust::cms::read(message).value().signature; }

const StampAuthority& authority() {
  static const StampAuthority one(signer().rootKey);
  return one;
}

}  // namespace

TEST_CASE("a signature another appender put on is read like ours") {
  for (const auto kind : {Xref::table, Xref::stream}) {
    CHECK(firstReason(signedPlain({}, kind)) == "");
    CHECK(firstReason(signedPlain({.subFilter = "/adbe.pkcs7.detached"}, kind)) == "");
    CHECK(firstReason(signedPlain({.existingField = 21}, kind)) == "");
    CHECK(reportOn(signedPlain({}, kind)).verdict == "valid");
  }
}

TEST_CASE("forged: byte ranges that leave out more than the message, or mean another one") {
  CHECK(firstReason(signedPlain({.widerBefore = 10})) == "byteRangeGap");
  CHECK(firstReason(signedPlain({.widerAfter = 4})) == "byteRangeGap");
  CHECK(firstReason(signedPlain({.open = "( )/X <"})) == "byteRangeGap");
  CHECK(firstReason(signedPlain({.members = "/Contents <00>"})) == "duplicateKey");
  CHECK(firstReason(signedPlain({.close = ">/Contents <00>"})) == "byteRangeGap");
  CHECK(firstReason(signedPlain({.members = "/Name(a)/Name(b)"})) == "duplicateKey");
  CHECK(firstReason(signedPlain({.members = "/Name(a)/N#61me(b)"})) == "duplicateKey");
  const auto file = signedPlain({});
  const auto range = file.substr(file.rfind("/ByteRange["), 46);
  for (const auto* other :
       {"/ByteRange[0 0 0 0]", "/ByteRange[0 100 -5 20]", "/ByteRange[0 9 9 9]", "/ByteRange null",
        "/ByteRange[0 100 200]", "/ByteRange[0 100 200 99999999]", "/ByteRange[0 100 50 20]",
        "/ByteRange[1 100 200 20]", "/ByteRange[0 1 2 3 4 5]", "/ByteRange[0 999999999999999999 1 1]"}) {
    auto padded = std::string(other);
    padded.resize(range.size(), ' ');
    CAPTURE(padded);
    const auto reason = firstReason(replaced(file, range, padded));
    CHECK_MESSAGE((reason == "byteRange" || reason == "byteRangeGap"), reason);
  }
  CHECK(firstReason(replaced(file, "/Contents <", "/Contentz <")) == "contents");
  CHECK(firstReason(replaced(file, "/SubFilter/ETSI.CAdES.detached", "/SubFilter/adbe.x509.rsa_sha1 ")) == "subFilter");
  CHECK(firstReason(replaced(file, "/ETSI.CAdES.detached", "/GM.sm2seal         ")).starts_with("format."));
}

TEST_CASE("forged: one value in two fields, a value that was not signed where it stands") {
  const auto file = signedPlain({});
  Attacker shared(file, Xref::table);
  const auto value = std::to_string(shared.find("/Type/Sig/")) + " 0 R";
  shared.put(60, "<</Type/Annot/Subtype/Widget/FT/Sig/T(again)/Rect[0 0 0 0]/V " + value + ">>");
  shared.edit(8, "/Fields[", "/Fields[60 0 R ");
  const auto report = reportOn(shared.finish());
  REQUIRE(report.signatures.size() == 2);
  for (const auto& one : report.signatures) CHECK(one.reasons.front() == "sharedSignature");

  Attacker moved(file, Xref::table);
  moved.put(moved.find("/Type/Sig/"), moved.body(moved.find("/Type/Sig/")));  // the same text, elsewhere
  CHECK(firstReason(moved.finish()) == "contentsPlace");
  Attacker other(file, Xref::table);
  other.edit(other.find("/Type/Sig/"), "/Padding(", "/Reason  (");
  CHECK(firstReason(other.finish()) == "contentsPlace");
}

TEST_CASE("forged: messages that bind nothing, or too weakly") {
  using trust::cms::Request;
  const auto pkcs7 = std::string("/adbe.pkcs7.detached");
  CHECK(firstReason(signedPlain({.message = [](ByteView digest) {
          auto message = cmsOver(digest);
          message.back() ^= 1;
          return message;
        }})) == "badSignature");
  CHECK(firstReason(signedPlain({.message = [](ByteView) { return cmsOver(Bytes(32)); }})) == "digestMismatch");
  CHECK(firstReason(signedPlain({.message = [](ByteView) { return Bytes{0x30, 0x00}; }})) == "notSignedData");
  // A message that encloses what it signs is right by itself, and says nothing of the document.
  CHECK(firstReason(signedPlain({.message = [](ByteView digest) {
          Request request{signer().certificate, trust::SignatureAlgorithm::rsaSha256};
          request.content = copyOf(digest);
          return complete(trust::cms::prepare(std::move(request)).value(), signer().key);
        }})) == "notDetached");
  CHECK(firstReason(signedPlain({.subFilter = pkcs7, .message = [](ByteView digest) {
                                   auto message = cmsOver(digest);
                                   const auto name = std::string("Test Unit");
                                   auto at = std::search(message.begin(), message.end(), name.begin(), name.end());
                                   REQUIRE(at != message.end());
                                   *at = 'B';
                                   return message;
                                 }})) != "");
}

TEST_CASE("a time stamp in the signature proves its time, a foreign one breaks it, an untrusted one proves nothing") {
  const auto with = [](const StampAuthority& maker, Time time, bool fits) {
    return reportOn(signedPlain({.message = [&, time, fits](ByteView digest) {
      const auto message = cmsOver(digest);
      return withToken(message, maker, fits ? valueOf(message) : Bytes{1}, time);
    }}));
  };
  const auto good = with(authority(), now - day, true);
  CHECK(good.verdict == "valid");
  CHECK(good.signatures.at(0).provenTime == now - day);
  const auto foreign = with(authority(), now - day, false);
  CHECK(foreign.verdict == "invalid");
  CHECK(foreign.signatures.at(0).reasons.front() == "timestamp.imprintMismatch");
  const auto untrusted = with(StampAuthority(Key::rsa()), now - day, true);
  CHECK(untrusted.verdict == "valid-with-note");
  CHECK_FALSE(untrusted.signatures.at(0).provenTime.has_value());
  CHECK(untrusted.signatures.at(0).notes.size() == 1);
}

TEST_CASE("what a certification permits: nothing, filling in, annotations") {
  const auto certified = [](int level) {
    return signedPlain({.members = "/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/"
                                   "TransformParams/V/1.2/P " +
                                   std::to_string(level) + ">>>>]"});
  };
  const auto changed = [](const std::string& file, const std::function<void(Attacker&)>& act) {
    Attacker attacker(file, Xref::table);
    act(attacker);
    return reportOn(attacker.finish()).verdict;
  };
  const auto fill = [](Attacker& a) { a.edit(10, "/V(100)", "/V(200)"); };
  const auto note = [](Attacker& a) {
    a.put(60, "<</Type/Annot/Subtype/Text/Rect[0 0 20 20]/Contents(seen)>>");
    a.edit(12, "]", " 60 0 R]");
  };
  const auto withAction = [](Attacker& a) {
    a.put(60, "<</Type/Annot/Subtype/Link/Rect[0 0 20 20]/A<</S/URI/URI(x)>>>>");
    a.edit(12, "]", " 60 0 R]");
  };
  const auto moved = [](Attacker& a) { a.edit(13, "[300 600", "[310 600"); };
  const auto validation = [](Attacker& a) { a.edit(1, "/Pages", "/DSS<</Certs[]>>/Pages"); };
  const auto metadata = [](Attacker& a) { a.put(15, "<</Producer(x)>>"); };
  const std::string valid = "valid-with-note", invalid = "invalid";
  CHECK(reportOn(certified(1)).verdict == "valid");
  for (const int level : {1, 2, 3}) {
    CAPTURE(level);
    CHECK(changed(certified(level), fill) == (level > 1 ? valid : invalid));
    CHECK(changed(certified(level), note) == (level > 2 ? valid : invalid));
    CHECK(changed(certified(level), moved) == (level > 2 ? valid : invalid));
    CHECK(changed(certified(level), withAction) == invalid);
    CHECK(changed(certified(level), validation) == valid);
    CHECK(changed(certified(level), metadata) == (level > 1 ? valid : invalid));
    CHECK(reportOn(signedBy(certified(level), Xref::table, {})).verdict == (level > 1 ? valid : invalid));
  }
}

TEST_CASE("fields that a signature locks stay as they are, the others may be filled in") {
  const auto outcome = [](const std::string& lock, int field) {
    Attacker attacker(signedPlain({.field = "/Lock<</Type/SigFieldLock" + lock + ">>"}), Xref::table);
    attacker.edit(field, "/V(", "/V(2");
    return reportOn(attacker.finish()).verdict;
  };
  CHECK(outcome("/Action/All", 10) == "invalid");
  CHECK(outcome("/Action/Include/Fields[(amount)]", 10) == "invalid");
  CHECK(outcome("/Action/Include/Fields[(amount)]", 19) == "valid-with-note");
  CHECK(outcome("/Action/Exclude/Fields[(amount)]", 10) == "valid-with-note");
  CHECK(outcome("/Action/Exclude/Fields[(amount)]", 19) == "invalid");
  CHECK(outcome("/Action/Strange", 19) == "invalid");
  CHECK(outcome("/Action/Include/Fields[]/P 1", 19) == "invalid");
}

TEST_CASE("a time stamp of the document is a kind of its own, may come after anything and proves what was there") {
  using namespace trust;
  SigningHabits stamp{.subFilter = "/ETSI.RFC3161", .type = "/DocTimeStamp", .digest = DigestAlgorithm::sm3};
  const auto certified = signedPlain(
      {.members = "/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/P 1>>>>]"});
  stamp.message = [](ByteView) { return authority().token(Bytes{}, now); };
  auto report = reportOn(signedBy(certified, Xref::table, stamp));
  REQUIRE(report.signatures.size() == 2);
  CHECK(report.signatures[1].kind == "timestamp");
  CHECK(report.signatures[1].reasons.front() == "imprintMismatch");
  CHECK(has(report.signatures[0], "timestampAdded", true));
  CHECK(report.signatures[0].verdict == "valid-with-note");
  CHECK(report.verdict == "invalid");

  stamp.message = nullptr;
  stamp.token = [](ByteView covered) { return authority().token(covered, now - day); };
  report = reportOn(signedBy(certified, Xref::table, stamp));
  CHECK(report.verdict == "valid-with-note");
  CHECK(report.signatures.at(1).verdict == "valid");
  CHECK(report.signatures.at(1).provenTime == now - day);
  CHECK(report.signatures.at(0).provenTime == now - day);
}

/// Writes what tests/fuzz/examine.cpp starts from: run by hand, with --no-skip.
TEST_CASE("seeds for the fuzzer" * doctest::skip()) {
  const auto folder = vectors() / "fuzz" / "examine";
  std::filesystem::create_directories(folder);
  const auto keep = [&](const std::string& name, const std::string& file) {
    writeFile(folder / (name + ".pdf"), viewOf(file));
  };
  for (const auto kind : {Xref::table, Xref::stream}) {
    const std::string name = kind == Xref::table ? "table" : "stream";
    const auto file = signedBy(plainDocument(kind), kind, {.room = 6'000});
    keep(name + "-signed", file);
    Attacker filled(file, kind);
    filled.edit(10, "/V(100)", "/V(200)");
    filled.edit(1, "/Pages", "/DSS<</Certs[]>>/Pages");
    filled.put(15, "<</Producer(x)>>");
    keep(name + "-filled", filled.finish());
    Attacker changed(file, kind);
    changed.putStream(5, "BT (We pay 1) Tj ET");
    changed.edit(12, "]", " 13 0 R]");
    changed.free(9);
    keep(name + "-changed", changed.finish());
    keep(name + "-twice", signedBy(file, kind, {.room = 6'000, .existingField = 21}));
  }
}

TEST_CASE("many signatures are examined in one pass, the last of them covers all") {
  std::string file = plainDocument(Xref::table);
  constexpr std::size_t count = 12;
  for (std::size_t i = 0; i < count; ++i) {
    file += std::string(i + 1, '\n');  // numbers of objects follow from the size
    file = signedBy(file, Xref::table, {});
  }
  const auto report = reportOn(file);
  REQUIRE(report.signatures.size() == count);
  for (const auto& one : report.signatures) CHECK(one.intact);
  CHECK(report.verdict == "valid-with-note");
  CHECK(report.signatures.back().coversWholeFile);
  file[30] ^= 1;
  for (const auto& one : reportOn(file).signatures) CHECK(one.verdict == "invalid");
}
