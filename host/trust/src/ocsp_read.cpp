// SPDX-License-Identifier: Apache-2.0
#include "algorithm_identifier.h"
#include "ocsp.h"
#include "parsed.h"
#include "pem.h"
#include "trust/der.h"

/// RFC 6960 §4.2.1. OpenSSL 3.0 reads these structures too, but cannot verify SM2 ones, and its templates take memory
/// by count.
namespace sealferry::trust {
namespace {

constexpr std::size_t largestResponse = 65'536, mostAnswers = 32, mostCertificates = 4;
constexpr int enumerated = 10;
constexpr std::string_view basicResponse = "1.3.6.1.5.5.7.48.1.1";

using Parsed = OcspResponse::Parsed;

/// The word that refuses a response; empty while all is well.
using Fault = std::string;
const Fault malformed = "malformed";

std::optional<Time> timeIn(der::Reader& reader) {
  const auto element = reader.next(der::tag::generalizedTime);
  const auto value = element ? der::time(*element) : std::nullopt;
  if (!value) return std::nullopt;
  return value->time;
}

/// Extensions say nothing that is used here; one that must be understood ends the reading.
Fault checkExtensions(der::Reader outer) {
  auto list = outer.enter(der::tag::sequence);
  while (list && !list->atEnd()) {
    auto extension = list->enter(der::tag::sequence);
    if (!extension || !extension->next(der::tag::objectIdentifier)) return malformed;
    const auto flag = extension->next(der::tag::boolean);
    if (flag && der::boolean(*flag).value_or(true)) return "criticalExtension";
    if (!extension->next(der::tag::octetString) || !extension->atEnd()) return malformed;
  }
  return list && outer.atEnd() ? Fault{} : malformed;
}

Fault readCertId(OcspAnswer& answer, der::Reader id) {
  const auto algorithm = id.next(der::tag::sequence);
  const auto name = id.next(der::tag::octetString);
  const auto key = id.next(der::tag::octetString);
  const auto serial = id.next(der::tag::integer);
  if (!algorithm || !name || !key || !serial || !id.atEnd()) return malformed;
  const auto digest = readDigestAlgorithm(*algorithm);
  if (!digest) return "unknownAlgorithm";
  answer.digest = *digest;
  answer.issuerName = copyOf(name->content);
  answer.issuerKey = copyOf(key->content);
  answer.serial = copyOf(serial->content);
  return {};
}

/// CHOICE { good [0] IMPLICIT NULL, revoked [1] IMPLICIT RevokedInfo, unknown [2] IMPLICIT UnknownInfo }
Fault readStatus(OcspAnswer& answer, const der::Element& status) {
  using Status = OcspAnswer::Status;
  if (status.tag == der::tag::context(0) || status.tag == der::tag::context(2)) {
    answer.status = status.tag == der::tag::context(0) ? Status::good : Status::unknown;
    return !status.constructed && status.content.empty() ? Fault{} : malformed;
  }
  auto info = status.tag == der::tag::context(1) ? der::inside(status) : std::nullopt;
  const auto when = info ? timeIn(*info) : std::nullopt;
  if (!when) return malformed;
  info->next(der::tag::context(0));  // the reason: any counts
  answer.status = Status::revoked;
  answer.revokedAt = *when;
  return info->atEnd() ? Fault{} : malformed;
}

Fault readNextUpdate(OcspAnswer& answer, der::Reader& rest) {
  auto next = rest.enter(der::tag::context(0));
  if (!next) return {};
  answer.nextUpdate = timeIn(*next);
  return answer.nextUpdate && next->atEnd() ? Fault{} : malformed;
}

Fault readAnswer(OcspAnswer& answer, der::Reader single) {
  const auto id = single.enter(der::tag::sequence);
  if (!id) return malformed;
  if (auto fault = readCertId(answer, *id); !fault.empty()) return fault;
  const auto status = single.next();
  if (!status) return malformed;
  if (auto fault = readStatus(answer, *status); !fault.empty()) return fault;
  const auto thisUpdate = timeIn(single);
  if (!thisUpdate) return malformed;
  answer.thisUpdate = *thisUpdate;
  if (auto fault = readNextUpdate(answer, single); !fault.empty()) return fault;
  const auto extensions = single.enter(der::tag::context(1));
  if (!single.atEnd()) return malformed;
  return extensions ? checkExtensions(*extensions) : Fault{};
}

Fault readAnswers(Parsed& parsed, der::Reader list) {
  while (!list.atEnd()) {
    const auto single = list.enter(der::tag::sequence);
    if (!single || parsed.answers.size() == mostAnswers) return malformed;
    parsed.answers.emplace_back();
    if (auto fault = readAnswer(parsed.answers.back(), *single); !fault.empty()) return fault;
  }
  return {};
}

/// ResponseData. Who says it is the responder is left alone: the signature tells.
Fault readData(Parsed& parsed, der::Reader data) {
  data.next(der::tag::context(0));  // version
  if (!data.next(der::tag::context(1)) && !data.next(der::tag::context(2))) return malformed;
  const auto produced = timeIn(data);
  const auto list = data.enter(der::tag::sequence);
  const auto extensions = data.enter(der::tag::context(1));
  if (!produced || !list || !data.atEnd()) return malformed;
  parsed.producedAt = *produced;
  if (auto fault = readAnswers(parsed, *list); !fault.empty()) return fault;
  return extensions ? checkExtensions(*extensions) : Fault{};
}

Fault readCertificates(Parsed& parsed, der::Reader wrapped) {
  auto list = wrapped.enter(der::tag::sequence);
  while (list && !list->atEnd()) {
    const auto element = list->next(der::tag::sequence);
    if (!element || parsed.certificates.size() == mostCertificates) return malformed;
    auto certificate = Certificate::fromDer(element->whole);
    if (!certificate) return malformed;
    parsed.certificates.push_back(*std::move(certificate));
  }
  return list && wrapped.atEnd() ? Fault{} : malformed;
}

Fault readBasic(Parsed& parsed, ByteView bytes) {
  const auto whole = der::only(bytes);
  auto basic = whole && whole->tag == der::tag::sequence ? der::inside(*whole) : std::nullopt;
  const auto data = basic ? basic->next(der::tag::sequence) : std::nullopt;
  const auto identifier = data ? basic->next(der::tag::sequence) : std::nullopt;
  const auto value = identifier ? basic->next(der::tag::bitString) : std::nullopt;
  const auto bits = value ? der::bits(*value) : std::nullopt;
  const auto inner = data ? der::inside(*data) : std::nullopt;
  if (!bits || !inner) return malformed;
  const auto algorithm = readSignatureAlgorithm(*identifier, std::nullopt);
  if (!algorithm || *algorithm == SignatureAlgorithm::rsaSha1) return "unknownAlgorithm";
  parsed.toBeSigned = copyOf(data->whole);
  parsed.signature = copyOf(*bits);
  parsed.algorithm = *algorithm;
  if (auto fault = readData(parsed, *inner); !fault.empty()) return fault;
  const auto certificates = basic->enter(der::tag::context(0));
  if (!basic->atEnd()) return malformed;
  return certificates ? readCertificates(parsed, *certificates) : Fault{};
}

/// OCSPResponse: a status, and around it the basic response.
Fault readWhole(Parsed& parsed, ByteView bytes) {
  const auto whole = der::only(bytes);
  auto response = whole && whole->tag == der::tag::sequence ? der::inside(*whole) : std::nullopt;
  const auto status = response ? response->next(enumerated) : std::nullopt;
  if (!status || status->content.size() != 1) return malformed;
  if (status->content[0] != 0) return "notSuccessful";
  auto tagged = response->enter(der::tag::context(0));
  auto inner = tagged ? tagged->enter(der::tag::sequence) : std::nullopt;
  const auto type = inner ? inner->next(der::tag::objectIdentifier) : std::nullopt;
  const auto content = type ? inner->next(der::tag::octetString) : std::nullopt;
  if (!content || !inner->atEnd() || !tagged->atEnd() || !response->atEnd()) return malformed;
  if (der::objectIdentifier(*type) != basicResponse) return "unknownAlgorithm";
  return readBasic(parsed, content->content);
}

}  // namespace

Result<OcspResponse> OcspResponse::fromDer(ByteView der) {
  if (der.size() > largestResponse) return badCertificate("ocsp", "tooLarge");
  auto parsed = std::make_shared<Parsed>();
  if (auto fault = readWhole(*parsed, der); !fault.empty()) return badCertificate("ocsp", std::move(fault));
  return OcspResponse(std::move(parsed));
}

Result<std::vector<OcspResponse>> readOcspResponses(ByteView pemOrDer) {
  const auto parts = partsOf(pemOrDer, "OCSP RESPONSE");
  if (parts.empty()) return badCertificate("readOcspResponses", "malformed");
  std::vector<OcspResponse> out;
  for (const auto& part : parts) {
    auto response = OcspResponse::fromDer(part);
    if (!response) return passOn(response);
    out.push_back(*std::move(response));
  }
  return out;
}

}  // namespace sealferry::trust
