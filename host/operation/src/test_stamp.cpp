// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "operations.h"
#include "pin.h"
#include "report_view.h"
#include "seal/signature.h"
#include "sign.h"

namespace sealferry::operation {
namespace {

struct Stamp {
  Context& context;
  const Call& call;
  token::Session& session;
  const HeldCertificate& signer;
};

Result<std::vector<HeldSeal>> namedSeals(token::Session& session,
                                         const std::optional<std::vector<std::string>>& names) {
  auto seals = heldSeals(session);
  if (!seals) return seals;
  *seals = withoutPictures(std::move(*seals));
  if (names)
    std::erase_if(*seals, [&](const HeldSeal& seal) { return std::ranges::find(*names, seal.name) == names->end(); });
  if (seals->empty() || (names && seals->size() < names->size())) return fail(ErrorCode::no_seal, "namedSeals");
  return seals;
}

/// A stamp that a reader would refuse is not made.
Result<void> checkSeal(const Stamp& stamp, const HeldSeal& held) {
  if (!held.seal) return passOn(held.seal);
  const auto& context = stamp.context;
  const auto verdict = seal::check(*held.seal, context.sealAnchors, context.clock(), seal::Strictness::lenient);
  if (verdict.failedStep == "makerCert") return fail(ErrorCode::seal_untrusted, "testStamp");
  if (verdict.failedStep == "sealValidity") return fail(ErrorCode::seal_expired, "testStamp");
  if (!verdict.failedStep.empty()) return fail(ErrorCode::seal_invalid, "testStamp");
  if (!seal::listsCertificate(*held.seal, stamp.signer.certificate.der()))
    return fail(ErrorCode::seal_certificate_mismatch, "testStamp");
  return {};
}

/// SM2 keys have no place in PAdES (ETSI TS 119 312 knows no SM2): they sign what readers in China know.
document::SignatureFormat formatFor(const trust::Certificate& signer) {
  return signer.keyKind() == trust::KeyKind::sm2 ? document::SignatureFormat::ses : document::SignatureFormat::cades;
}

/// The seal goes into the signature whole, and the certificate beside it.
constexpr std::uint32_t sesOverhead = 8192;

Result<Bytes> signSes(const Stamp& stamp, const seal::Seal& seal, ByteView digest) {
  const auto draft =
      seal::prepareSignature({seal, stamp.context.clock(), copyOf(digest), "/ByteRange", stamp.signer.certificate});
  if (!draft) return passOn(draft);
  const auto value = stamp.session.sign(stamp.signer.keyId, token::SignatureScheme::sm2Sm3, draft->digest());
  if (!value) return passOn(value);
  return draft->finish(*value);
}

Result<Bytes> signCms(const Stamp& stamp, ByteView digest) {
  trust::cms::Request request{stamp.signer.certificate, trust::usualAlgorithm(stamp.signer.certificate)};
  request.contentDigest = copyOf(digest);  // PAdES (ETSI EN 319 142-1 §5): detached, no signingTime
  const auto draft = trust::cms::prepare(std::move(request));
  if (!draft) return passOn(draft);
  return signWith(stamp.session, stamp.signer, *draft);
}

Result<Bytes> stampPage(const Stamp& stamp, const seal::Seal& seal) {
  const auto page = document::testPage();
  auto file = UnnamedFile::create();
  if (!file) return passOn(file);
  if (const auto written = file->append(page.pdf); !written) return passOn(written);
  document::StampRequest request;
  request.picture = {seal.picture.data, static_cast<double>(seal.picture.widthMm),
                     static_cast<double>(seal.picture.heightMm)};
  request.placements = {page.placement};
  request.signer = stamp.signer.certificate.unitName();
  request.reason = "测试盖章";
  request.time = stamp.context.clock();
  request.format = formatFor(stamp.signer.certificate);
  if (request.format == document::SignatureFormat::ses)
    request.signatureRoom = static_cast<std::uint32_t>(seal.der.size()) + sesOverhead;
  const auto reserved = stamp.context.engine->reserve(file->descriptor(), request);
  if (!reserved) return passOn(reserved);
  const bool ses = request.format == document::SignatureFormat::ses;
  const auto sign = [&](ByteView digest) { return ses ? signSes(stamp, seal, digest) : signCms(stamp, digest); };
  const auto algorithm = trust::digestIn(trust::usualAlgorithm(stamp.signer.certificate));
  const auto increment = document::signIncrements(file->descriptor(), *reserved, algorithm, sign);
  if (!increment) return passOn(increment);
  Bytes whole = page.pdf;
  whole.insert(whole.end(), increment->begin(), increment->end());
  return whole;
}

/// Stamps, keeps the document for the page, and verifies what was kept.
Result<wire::ReportView> stampWith(const Stamp& stamp, const HeldSeal& held, wire::StampAnswer& answer) {
  if (const auto good = checkSeal(stamp, held); !good) return passOn(good);
  const auto whole = stampPage(stamp, *held.seal);
  if (!whole) return passOn(whole);
  auto& documents = stamp.context.documents;
  const auto handle = documents.store(stamp.call.caller.origin, *whole);
  if (!handle) return passOn(handle);
  const auto document = documents.complete(stamp.call.caller.origin, *handle);
  if (!document) return passOn(document);
  const auto report =
      stamp.context.engine->verify((*document)->file.descriptor(), {stamp.context.sealAnchors, stamp.context.clock()});
  if (!report) return passOn(report);
  answer.documents.push_back({*handle, (*document)->sha256, held.name, (*document)->file.size()});
  auto view = viewOf(*report);
  for (auto& signature : view.signatures) signature.seal = held.name;
  return view;
}

/// One report for all: the signatures of each document in order, the worst verdict.
void add(wire::ReportView& whole, const wire::ReportView& part, bool first) {
  static constexpr std::string_view order[] = {"valid", "valid-with-note", "unsigned", "invalid", "unreadable"};
  const auto rank = [](const std::string& verdict) { return std::ranges::find(order, verdict) - std::begin(order); };
  if (first || rank(part.verdict) > rank(whole.verdict)) whole.verdict = part.verdict;
  whole.kind = part.kind;
  whole.intact = part.intact && (first || whole.intact);
  whole.signatures.insert(whole.signatures.end(), part.signatures.begin(), part.signatures.end());
}

Result<wire::StampAnswer> stampAll(const Stamp& stamp, const std::vector<HeldSeal>& seals) {
  wire::StampAnswer answer;
  const auto total = static_cast<unsigned>(seals.size());
  for (unsigned i = 0; i < total; ++i) {
    stamp.call.listener.progress("stamp", i, total);
    const auto report = stampWith(stamp, seals[i], answer);
    if (!report) return passOn(report);
    add(answer.report, *report, i == 0);
  }
  stamp.call.listener.progress("stamp", total, total);
  return answer;
}

Result<wire::StampAnswer> stampOn(Context& context, const Call& call, token::Session& session,
                                  const wire::TestStamp& request, bool loggedIn) {
  const auto signing = signingCertificate(session);
  if (!signing) return passOn(signing);
  if (!*signing) return fail(ErrorCode::no_certificate, "testStamp");
  const auto seals = namedSeals(session, request.seals);
  if (!seals) return passOn(seals);
  const Stamp stamp{context, call, session, **signing};
  for (const auto& held : *seals)
    if (const auto good = checkSeal(stamp, held); !good) return passOn(good);
  if (!loggedIn) {
    const auto logged = logIn(context, call, session, keyWords(session), prompt::Act::testStamp);
    if (!logged) return passOn(logged);
  }
  return stampAll(stamp, *seals);
}

}  // namespace

Result<wire::StampAnswer> testStamp(Context& context, const wire::TestStamp& request, const Call& call) {
  if (request.format == "ofd") return fail(ErrorCode::not_available_yet, "testStamp");
  if (auto* errand = context.errands.forStamp(call.caller.origin, request.serial, context.clock())) {
    errand->stamped = true;  // one test stamp belongs to the order; the next one asks for the PIN again
    auto answer = stampOn(context, call, *errand->session, request, true);
    context.errands.end();
    return answer;
  }
  const auto session = context.keys.open(request.serial);
  if (!session) return passOn(session);
  return stampOn(context, call, **session, request, false);
}

}  // namespace sealferry::operation
