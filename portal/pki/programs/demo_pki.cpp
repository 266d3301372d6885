// SPDX-License-Identifier: Apache-2.0
// sealferry-demo-pki: the demonstration PKI by hand. Throw-away keys: for demonstrations and tests only.
#include <algorithm>
#include <cmath>
#include <ctime>
#include <iostream>
#include <map>

#include "arguments.h"
#include "files.h"
#include "pki/picture.h"
#include "pki/seal_maker.h"
#include "pki/store.h"
#include "pki/time_authority.h"
#include "seal/picture.h"

namespace {

using namespace sealferry;

constexpr const char* usage = R"(usage: sealferry-demo-pki COMMAND …
  init DIR                                        make roots, seal maker and order signer
  issue DIR --unit NAME --request FILE --out PEM  a certificate for a PKCS#10 request or a public key
        [--credit CODE] [--name CN] [--use signing|encryption] [--from TIME] [--days N]
  renew DIR --certificate FILE --out PEM          a new one for the same subject and key
        [--from TIME] [--days N]
  make-seal DIR --unit NAME --certificate FILE --id ID --out ESL
        [--name TEXT] [--type N] [--list certificates|digests] [--version 1|4|5] [--timestamp yes|no] [--from TIME] [--days N]
        [DRAWING]                                 a time stamp over the maker's signature is for version 5
  remake-seal DIR --seal ESL --certificate FILE --out ESL   the same seal for a renewed certificate
        [--from TIME] [--days N]
  draw --unit NAME --out PNG [DRAWING]            a picture alone
  revoke DIR --certificate FILE                   put a certificate on its issuer's list
  crls DIR                                        write all lists anew
  policy DIR --out FOLDER                         roots/{key,seal,order}/*.pem and crls/*.crl for a machine's policy
DRAWING is [--shape official|finance|contract|person|invoice|handwriting] [--size MM]
        [--number TAX-NUMBER] [--image FILE]      of an invoice seal; of handwriting, photographed or scanned
      or --picture FILE [--size MM]               a PNG, JPEG, GIF or BMP as it is; MM is its width
TIME is RFC 3339, now by default; certificates may be PEM or DER.
)";

Result<void> write(const Arguments& arguments, ByteView content) {
  return pki::writeFile(arguments.get("out"), content, pki::Access::everybody);
}

Result<trust::Certificate> certificateOf(const Arguments& arguments) {
  const auto content = pki::readFile(arguments.get("certificate"));
  if (!content) return passOn(content);
  const auto all = trust::readCertificates(*content);
  if (!all) return passOn(all);
  return all->front();
}

struct Period {
  Time from, until;
};

tl::unexpected<Error> badArgument(const char* name) {
  return tl::unexpected<Error>(Error{ErrorCode::bad_request, "argument", 0, {}, {{"field", name}}});
}

Result<Period> periodOf(const Arguments& arguments) {
  const auto from = arguments.has("from") ? fromRfc3339(arguments.get("from")) : std::time(nullptr) - 300;
  const auto days = arguments.number("days", 365, 1, 36'500);
  if (!from) return badArgument("from");
  if (!days) return badArgument("days");
  return Period{*from, *from + *days * 86'400};
}

Result<void> init(const std::string& folder, const Arguments&) { return pki::createStore(folder, std::time(nullptr)); }

Result<void> writeIssued(const pki::Issuing& issuing, const Arguments& arguments, const Bytes& publicKey,
                         const Period& period) {
  const auto profile =
      arguments.get("use", "signing") == "encryption" ? pki::Profile::encryption : pki::Profile::signing;
  const pki::Subject subject{arguments.get("unit"), arguments.get("credit"),
                             arguments.get("name", arguments.get("unit"))};
  // Which root issues depends on the kind of key; a certificate of the RSA root is the quickest way to know it.
  auto certificate =
      pki::issue(issuing.keyAuthority(trust::KeyKind::rsa), {profile, subject, publicKey, period.from, period.until});
  if (certificate && certificate->keyKind() == trust::KeyKind::sm2)
    certificate =
        pki::issue(issuing.keyAuthority(trust::KeyKind::sm2), {profile, subject, publicKey, period.from, period.until});
  if (!certificate) return passOn(certificate);
  return write(arguments, viewOf(certificate->pem()));
}

Result<void> issue(const std::string& folder, const Arguments& arguments) {
  const auto use = arguments.get("use", "signing");
  if (use != "signing" && use != "encryption") return badArgument("use");
  const auto issuing = pki::Issuing::open(folder);
  if (!issuing) return passOn(issuing);
  const auto request = pki::readFile(arguments.get("request"));
  if (!request) return passOn(request);
  const auto publicKey = pki::publicKeyOf(*request);
  if (!publicKey) return passOn(publicKey);
  const auto period = periodOf(arguments);
  if (!period) return passOn(period);
  return writeIssued(*issuing, arguments, *publicKey, *period);
}

Result<void> renew(const std::string& folder, const Arguments& arguments) {
  const auto issuing = pki::Issuing::open(folder);
  if (!issuing) return passOn(issuing);
  const auto old = certificateOf(arguments);
  if (!old) return passOn(old);
  const auto period = periodOf(arguments);
  if (!period) return passOn(period);
  const auto renewed = pki::renew(issuing->keyAuthority(old->keyKind()), *old, period->from, period->until);
  if (!renewed) return passOn(renewed);
  return write(arguments, viewOf(renewed->pem()));
}

Result<seal::Version> versionOf(const Arguments& arguments) {
  const auto version = arguments.number("version", 4, 1, 5);
  if (version == 1 || version == 4 || version == 5) return static_cast<seal::Version>(*version);
  return badArgument("version");
}

const std::map<std::string, pki::Shape> shapes{
    {"official", pki::Shape::official}, {"finance", pki::Shape::finance}, {"contract", pki::Shape::contract},
    {"person", pki::Shape::person},     {"invoice", pki::Shape::invoice}, {"handwriting", pki::Shape::handwriting}};

/// 0 mm leaves the size to custom.
Result<pki::Drawing> drawingOf(const Arguments& arguments) {
  const auto shape = shapes.find(arguments.get("shape", "official"));
  if (shape == shapes.end()) return badArgument("shape");
  const auto size = arguments.number("size", 0, 10, 80);
  if (!size) return badArgument("size");
  pki::Drawing drawing{.shape = shape->second,
                       .name = arguments.get("unit"),
                       .number = arguments.get("number"),
                       .widthMm = static_cast<int>(*size)};
  if (!arguments.has("image")) return drawing;
  auto image = pki::readFile(arguments.get("image"));
  if (!image) return passOn(image);
  drawing.image = *std::move(image);
  return drawing;
}

const char* typeName(seal::PictureKind kind) {
  static const std::map<seal::PictureKind, const char*> names{{seal::PictureKind::png, "PNG"},
                                                              {seal::PictureKind::jpeg, "JPG"},
                                                              {seal::PictureKind::gif, "GIF"},
                                                              {seal::PictureKind::bmp, "BMP"},
                                                              {seal::PictureKind::ofd, "OFD"}};
  return names.at(kind);
}

/// A picture that was made elsewhere; its height follows from its pixels.
Result<seal::Picture> givenPicture(const Arguments& arguments) {
  auto content = pki::readFile(arguments.get("picture"));
  if (!content) return passOn(content);
  const auto info = seal::inspectPicture(*content);
  if (!info) return passOn(info);
  const auto width = arguments.number("size", 42, 10, 80);
  if (!width || info->width == 0) return badArgument(width ? "picture" : "size");
  const auto height = std::max(1L, std::lround(static_cast<double>(*width) * info->height / info->width));
  return seal::Picture{typeName(info->kind), *std::move(content), static_cast<int>(*width), static_cast<int>(height)};
}

Result<seal::Picture> pictureOf(const Arguments& arguments) {
  if (arguments.has("picture")) return givenPicture(arguments);
  const auto drawing = drawingOf(arguments);
  if (!drawing) return passOn(drawing);
  return pki::drawPicture(*drawing);
}

Result<seal::CertificateList::Kind> listKindOf(const Arguments& arguments) {
  const auto word = arguments.get("list", "certificates");
  if (word == "certificates") return seal::CertificateList::Kind::certificates;
  if (word == "digests") return seal::CertificateList::Kind::digests;
  return badArgument("list");
}

Result<pki::SealOrder> sealOrderOf(const Arguments& arguments) {
  const auto certificate = certificateOf(arguments);
  if (!certificate) return passOn(certificate);
  const auto period = periodOf(arguments);
  if (!period) return passOn(period);
  const auto version = versionOf(arguments);
  if (!version) return passOn(version);
  const auto type = arguments.number("type", 1, 0, 1'000'000);
  if (!type) return badArgument("type");
  const auto listKind = listKindOf(arguments);
  if (!listKind) return passOn(listKind);
  auto picture = pictureOf(arguments);
  if (!picture) return passOn(picture);
  return pki::SealOrder{.id = arguments.get("id"),
                        .name = arguments.get("name", arguments.get("unit") + "电子公章"),
                        .type = static_cast<int>(*type),
                        .signer = *certificate,
                        .listKind = *listKind,
                        .picture = *std::move(picture),
                        .created = std::min<Time>(std::time(nullptr), period->from),
                        .notBefore = period->from,
                        .notAfter = period->until,
                        .version = *version};
}

pki::Stamper stamperOf(const pki::Issuing& issuing) {
  return [&](ByteView value) { return pki::timeStamp(issuing.timeAuthority(), value, std::time(nullptr)); };
}

Result<void> makeSeal(const std::string& folder, const Arguments& arguments) {
  const auto issuing = pki::Issuing::open(folder);
  if (!issuing) return passOn(issuing);
  auto order = sealOrderOf(arguments);
  if (!order) return passOn(order);
  const auto stamped = arguments.get("timestamp", "no");
  if (stamped != "yes" && stamped != "no") return badArgument("timestamp");
  if (stamped == "yes") order->stamper = stamperOf(*issuing);
  const auto der = pki::makeSeal(issuing->sealMaker(), *order);
  if (!der) return passOn(der);
  return write(arguments, *der);
}

Result<void> remakeSeal(const std::string& folder, const Arguments& arguments) {
  const auto issuing = pki::Issuing::open(folder);
  if (!issuing) return passOn(issuing);
  const auto content = pki::readFile(arguments.get("seal"));
  if (!content) return passOn(content);
  const auto old = seal::read(*content, seal::Strictness::strict);
  if (!old) return passOn(old);
  const auto certificate = certificateOf(arguments);
  if (!certificate) return passOn(certificate);
  const auto period = periodOf(arguments);
  if (!period) return passOn(period);
  const auto der = pki::remakeSeal(issuing->sealMaker(), *old,
                                   {.signer = *certificate,
                                    .created = std::min<Time>(std::time(nullptr), period->from),
                                    .notBefore = period->from,
                                    .notAfter = period->until,
                                    .stamper = stamperOf(*issuing)});
  if (!der) return passOn(der);
  return write(arguments, *der);
}

Result<void> draw(const std::string&, const Arguments& arguments) {
  const auto picture = pictureOf(arguments);
  if (!picture) return passOn(picture);
  return write(arguments, picture->data);
}

Result<void> revoke(const std::string& folder, const Arguments& arguments) {
  const auto certificate = certificateOf(arguments);
  if (!certificate) return passOn(certificate);
  return pki::revoke(folder, *certificate, std::time(nullptr));
}

Result<void> crls(const std::string& folder, const Arguments&) { return pki::writeCrls(folder, std::time(nullptr)); }

Result<void> policy(const std::string& folder, const Arguments& arguments) {
  return pki::writePolicyFiles(folder, arguments.get("out"));
}

struct Command {
  const char* name;
  bool takesFolder;
  std::set<std::string> required, optional;
  Result<void> (*run)(const std::string& folder, const Arguments& arguments);
};

const std::vector<Command> commands{
    {"init", true, {}, {}, init},
    {"issue", true, {"unit", "request", "out"}, {"credit", "name", "use", "from", "days"}, issue},
    {"renew", true, {"certificate", "out"}, {"from", "days"}, renew},
    {"make-seal",
     true,
     {"unit", "certificate", "id", "out"},
     {"name", "type", "list", "version", "timestamp", "from", "days", "shape", "size", "number", "image", "picture"},
     makeSeal},
    {"remake-seal", true, {"seal", "certificate", "out"}, {"from", "days"}, remakeSeal},
    {"draw", false, {"unit", "out"}, {"shape", "size", "number", "image"}, draw},
    {"revoke", true, {"certificate"}, {}, revoke},
    {"crls", true, {}, {}, crls},
    {"policy", true, {"out"}, {}, policy},
};

int misused() {
  std::cerr << usage;
  return 2;
}

int report(const Error& error) {
  std::cerr << "sealferry-demo-pki: " << errorRow(error.code).name << " (" << error.where << ")";
  for (const auto& [name, value] : error.detail) std::cerr << " " << name << "=" << value;
  if (error.native != 0) std::cerr << " errno=" << error.native;
  std::cerr << "\n";
  return 1;
}

int run(const Command& command, std::vector<std::string> words) {
  std::string folder;
  if (command.takesFolder) {
    if (words.empty()) return misused();
    folder = words.front();
    words.erase(words.begin());
  }
  auto known = command.required;
  known.insert(command.optional.begin(), command.optional.end());
  const auto arguments = Arguments::parse(words, known);
  if (!arguments) return misused();
  for (const auto& name : command.required)
    if (!arguments->has(name)) return misused();
  const auto result = command.run(folder, *arguments);
  return result ? 0 : report(result.error());
}

}  // namespace

int main(int count, char** words) {
  const std::vector<std::string> all(words + 1, words + count);
  for (const auto& command : commands)
    if (!all.empty() && all.front() == command.name) return run(command, {all.begin() + 1, all.end()});
  return misused();
}
