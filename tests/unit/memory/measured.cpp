// SPDX-License-Identifier: Apache-2.0
// What reading and checking seals and signatures takes of memory: never more than four times the input and 256 KiB.
#include <doctest/doctest.h>

#include <cstdio>

#include "meter.h"
#include "seal/make.h"
#include "seal/signature.h"
#include "support/files.h"
#include "support/list.h"
#include "support/seals.h"
#include "support/stamp_authority.h"
#include "trust/der.h"

using namespace sealferry;
using namespace sealferry::test;
using seal::Version;

namespace {

namespace der = trust::der;

void checkEverything(ByteView input, const trust::Anchors& anchors) {
  static_cast<void>(seal::check(input, anchors, now, seal::Strictness::lenient));
  static_cast<void>(seal::checkSignature(input, anchors, now, std::nullopt, seal::Strictness::lenient));
}

struct Worst {
  double share = 0;
  std::string name;
};

/// `share` is of what is allowed.
double measured(const std::string& name, ByteView input, const trust::Anchors& anchors, Worst* worst = nullptr) {
  const auto used = peakOf([&] { checkEverything(input, anchors); });
  const auto allowed = 4 * input.size() + 256 * 1024;
  const double share = static_cast<double>(used) / static_cast<double>(allowed);
  if (worst == nullptr)
    std::printf("%-44s %9zu bytes  %9zu used  %3.0f %%\n", name.c_str(), input.size(), used, share * 100);
  if (worst != nullptr && share > worst->share) *worst = {share, name};
  CAPTURE(name);
  CHECK(share <= 1.0);
  return share;
}

/// So that what OpenSSL sets up once is not counted to an input.
const Maker& world() {
  static const Maker one = [] {
    Maker maker;
    checkEverything(maker.make(maker.fields()), maker.anchors);
    return maker;
  }();
  return one;
}

Bytes largePng(std::size_t size) {
  auto png = tinyPng();
  png.resize(size, 7);
  return png;
}

Bytes sealWith(Version version, std::size_t pictureSize) {
  auto fields = world().fields(version);
  fields.picture.data = largePng(pictureSize);
  return world().make(fields);
}

/// One member of a SEQUENCE replaced; sizes follow.
Bytes withMembers(ByteView whole, std::size_t index, ByteView member) {
  auto outer = der::Reader(whole).enter(der::tag::sequence);
  std::vector<Bytes> members;
  while (!outer->atEnd()) members.push_back(copyOf(outer->next()->whole));
  members.at(index) = copyOf(member);
  return der::sequenceOf(members);
}

Bytes repeated(ByteView piece, std::size_t size) {
  Bytes out;
  out.reserve(size + piece.size());
  while (out.size() < size) out.insert(out.end(), piece.begin(), piece.end());
  return out;
}

/// A seal whose certificate list is made of as many pieces as fit.
Bytes listOf(ByteView piece, std::size_t size) {
  auto seal = seal::read(world().make(world().fields()), seal::Strictness::strict).value();
  const auto info = der::Reader(seal.der).enter(der::tag::sequence)->next()->whole;
  const auto property = withMembers(
      [&] {
        auto reader = der::Reader(info).enter(der::tag::sequence);
        reader->next();
        reader->next();
        return reader->next()->whole;
      }(),
      3, der::element(der::tag::sequence, true, repeated(piece, size)));
  return withMembers(seal.der, 0, withMembers(info, 2, property));
}

/// A certificate of nothing but small names: OpenSSL's templates would make dozens of times its size of it.
Bytes certificateOfNames(std::size_t size) {
  const auto name =
      der::setOf({der::sequence({der::encodeObjectIdentifier("2.5.4.3"), der::encodeText(der::tag::utf8String, "")})});
  const auto genuine = world().maker.der();
  auto outer = der::Reader(genuine).enter(der::tag::sequence);
  const auto body = copyOf(outer->next()->whole);
  return withMembers(genuine, 0, withMembers(body, 5, der::element(der::tag::sequence, true, repeated(name, size))));
}

Bytes withMaker(ByteView maker) { return withMembers(world().make(world().fields()), 1, der::encodeOctets(maker)); }

Bytes signatureOver(const Bytes& sealDer) {
  auto seal = seal::read(sealDer, seal::Strictness::strict).value();
  seal::Signature signature;
  signature.seal = seal;
  signature.time = now;
  signature.dataHash = Bytes(32);
  signature.propertyInfo = "/Doc_0/Signs/Sign_0/Signature.xml";
  signature.signerCertificate = world().maker.der();
  signature.signature = Bytes(70);
  return seal::encodeSignature(signature);
}

/// A v1 signature in which a token stands for the time; the token brings along 31 such certificates.
Bytes signatureWithToken() {
  const auto genuine = StampAuthority(world().rootKey).token(Bytes{1}, now);
  auto content = der::Reader(genuine).enter(der::tag::sequence);
  content->next();
  const auto tagged = *content->next();
  const auto body = copyOf(tagged.content);
  auto members = der::Reader(body).enter(der::tag::sequence);
  for (int i = 0; i < 3; ++i) members->next();
  auto certificates = copyOf(members->next()->content);
  const auto many = repeated(certificateOfNames(2500), 31 * certificateOfNames(2500).size() - 1);
  certificates.insert(certificates.end(), many.begin(), many.end());
  const auto grown = withMembers(body, 3, der::element(der::tag::context(0), true, certificates));
  const auto token = withMembers(genuine, 1, der::element(der::tag::context(0), true, grown));
  const auto signature = signatureOver(world().make(world().fields(Version::v1)));
  const auto toBeSigned = copyOf(der::Reader(signature).enter(der::tag::sequence)->next()->whole);
  return withMembers(signature, 0, withMembers(toBeSigned, 2, der::encodeBits(token)));
}

}  // namespace

TEST_CASE("every seal and signature there is") {
  Worst worst;
  std::size_t count = 0;
  std::vector<std::filesystem::path> folders{vectors() / "seals", vectors() / "fuzz/seal",
                                             vectors() / "fuzz/signature"};
  if (const auto data = sharedData()) {
    folders.push_back(*data / "seals/seal");
    folders.push_back(*data / "seals/sig");
  } else {
    MESSAGE("skipped: the shared test data is not there");
  }
  for (const auto& folder : folders)
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      const auto input = readFile(entry.path());
      measured(entry.path().filename().string(), input, world().anchors, &worst);
      ++count;
    }
  CHECK(count > 20);
  std::printf("%zu files; the most, %s, took %.0f %% of what is allowed\n", count, worst.name.c_str(),
              worst.share * 100);
}

TEST_CASE("seals and signatures as large as they may be") {
  for (const auto version : {Version::v1, Version::v4, Version::v5}) {
    const auto name = "version " + std::to_string(static_cast<int>(version));
    const auto large = sealWith(version, 2'000'000);
    REQUIRE(seal::check(large, world().anchors, now, seal::Strictness::lenient).outcome == seal::Outcome::valid);
    measured("seal of " + name, large, world().anchors);
    measured("signature of " + name, signatureOver(large), world().anchors);
  }
}

TEST_CASE("huge counts are refused before they are believed") {
  measured("700 000 empty entries in the list", listOf(der::encodeOctets(Bytes{1}), 2'000'000), world().anchors);
  measured("a million NULLs in the list", listOf(der::encodeNull(), 2'000'000), world().anchors);
  measured("64 entries of 30 KB", listOf(der::encodeOctets(Bytes(30'000)), 64 * 30'000), world().anchors);
  measured("a maker of 5000 names", withMaker(certificateOfNames(60'000)), world().anchors);
  measured("a maker of 230 names", withMaker(certificateOfNames(2500)), world().anchors);
  measured("a token with 31 such certificates", signatureWithToken(), world().anchors);
  measured("a million members", der::element(der::tag::sequence, true, repeated(der::encodeNull(), 2'000'000)),
           world().anchors);
}

TEST_CASE("long revocation lists: read and looked through in the memory of a seal") {
  const auto when = der::encodeUtcTime(now);
  const auto reason = der::sequence({unknownExtension(false)});
  const auto measuredList = [&](const std::string& name, ByteView entry) {
    const auto list = listOf(world().rootKey, world().anchors.roots.front(), {.entries = repeated(entry, 15'000'000)});
    Bytes seal = world().make(world().fields());
    const auto used = peakOf([&] {
      auto anchors = world().anchors;
      anchors.crls.push_back(trust::Crl::fromDer(list).value());
      const auto verdict = seal::check(seal, anchors, now, seal::Strictness::lenient);
      CHECK(verdict.outcome == seal::Outcome::valid);
    });
    std::printf("%-44s %9zu bytes  %9zu used  %3.0f %%\n", name.c_str(), list.size(), used,
                100.0 * static_cast<double>(used) / static_cast<double>(4 * list.size() + 256 * 1024));
    CHECK(used <= 4 * list.size() + 256 * 1024);
  };
  measuredList("a list of 700 000 numbers", entryOf(Bytes{9, 8, 7}, when));
  measuredList("a list with a reason for each", entryOf(Bytes(16, 9), when, reason));
}

TEST_CASE("nested as deep as it goes") {
  std::vector<Bytes> headers;
  std::size_t size = 0;
  while (size < 60'000) {
    headers.push_back(der::header(der::tag::sequence, true, size));
    size += headers.back().size();
  }
  Bytes deep;
  for (auto header = headers.rbegin(); header != headers.rend(); ++header)
    deep.insert(deep.end(), header->begin(), header->end());
  measured("a seal", deep, world().anchors);
  measured("a maker", withMaker(deep), world().anchors);
}
