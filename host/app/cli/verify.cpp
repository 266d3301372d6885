// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "print.h"
#include "run.h"
#include "seal/signature.h"
#include "trust/digester.h"

namespace sealferry::app {
namespace {

using nlohmann::json;

constexpr std::uintmax_t largestSes = 4 * 1024 * 1024;
constexpr std::uintmax_t largestRoot = 1024 * 1024;
constexpr std::uintmax_t largestResponse = 1024 * 1024;
constexpr std::uintmax_t largestCrl = 64 * 1024 * 1024;

/// What the files of one option hold together takes the place of policy's items, if the option was given.
template <class Item>
bool replace(std::vector<Item>& items, const std::vector<std::string>& paths, std::uintmax_t largest,
             Result<std::vector<Item>> (*read)(ByteView)) {
  if (!paths.empty()) items.clear();
  for (const auto& path : paths) {
    const auto content = readFile(path, largest);
    const auto more = content ? read(*content) : passOn(content);
    if (!more) return false;
    items.insert(items.end(), more->begin(), more->end());
  }
  return true;
}

/// --root, --crl and --ocsp each stand instead of policy's, so that a check can be repeated elsewhere.
std::optional<trust::Anchors> anchorsFor(const Options& options, const Service& service) {
  auto anchors = service.context.sealAnchors;
  const bool read = replace(anchors.roots, options.roots, largestRoot, trust::readCertificates) &&
                    replace(anchors.crls, options.crls, largestCrl, trust::readCrls) &&
                    replace(anchors.ocspResponses, options.ocspResponses, largestResponse, trust::readOcspResponses);
  return read ? std::optional(std::move(anchors)) : std::nullopt;
}

int conclude(const Options& options, const json& answer) {
  if (options.json) {
    std::printf("%s\n", answer.dump(2).c_str());
  } else if (answer.contains("signatures")) {
    printReport(answer, prompt::userLanguage());
  } else {
    printSealVerdict(answer, prompt::userLanguage());
  }
  const auto verdict = answer.at("verdict").get<std::string>();
  if (verdict == "unreadable") return 2;
  return verdict == "valid" || verdict == "valid-with-note" ? 0 : 1;
}

json shape(const seal::Verdict& verdict, const char* kind) {
  json answer = {{"kind", kind},
                 {"verdict", seal::nameOf(verdict.outcome)},
                 {"failedStep", verdict.failedStep.empty() ? json() : json(verdict.failedStep)},
                 {"version", verdict.version ? json(*verdict.version) : json()},
                 {"at", toRfc3339(verdict.at)},
                 {"steps", json::array()},
                 {"notes", verdict.notes}};
  for (const auto& step : verdict.steps)
    answer["steps"].push_back({{"name", step.name}, {"result", seal::nameOf(step.result)}, {"reason", step.reason}});
  return answer;
}

/// Nothing was looked at: of a document, or of a seal or signature.
json unreadable(const std::string& kind) {
  if (kind == "pdf")
    return {{"kind", kind}, {"verdict", "unreadable"}, {"intact", false}, {"signatures", json::array()}};
  return {{"kind", kind},       {"verdict", "unreadable"}, {"failedStep", nullptr},
          {"version", nullptr}, {"steps", json::array()},  {"notes", json::array()}};
}

/// SM3 of a file of any size.
std::optional<Bytes> sm3OfFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  trust::Digester digest(trust::DigestAlgorithm::sm3);
  Bytes part(64 * 1024);
  while (file) {
    file.read(reinterpret_cast<char*>(part.data()), static_cast<std::streamsize>(part.size()));
    digest.update(ByteView(part).first(static_cast<std::size_t>(file.gcount())));
  }
  return file.bad() ? std::nullopt : std::optional(digest.finish());
}

/// A seal, or with or without the data it stands on an SES signature.
int verifySes(const Options& options, const trust::Anchors& anchors, Time at) {
  const auto content = readFile(options.words.front(), largestSes);
  const bool isSignature = options.content || (content && seal::looksLikeSignature(*content));
  const auto* kind = isSignature ? "signature" : "seal";
  if (!content) return conclude(options, unreadable(kind));
  const auto strictness = options.strict ? seal::Strictness::strict : seal::Strictness::lenient;
  if (!isSignature) return conclude(options, shape(seal::check(*content, anchors, at, strictness), kind));
  const auto data = options.content ? sm3OfFile(*options.content) : std::nullopt;
  if (options.content && !data) {
    std::fprintf(stderr, "sealferry: the file of --content cannot be read\n");
    return options.json ? conclude(options, unreadable(kind)) : 2;
  }
  return conclude(options, shape(seal::checkSignature(*content, anchors, at, data, strictness), kind));
}

json shape(const document::SignatureReport& signature) {
  json changes = json::array();
  for (const auto& change : signature.changesAfter)
    changes.push_back({{"kind", change.kind}, {"permitted", change.permitted}, {"reason", change.reason}});
  return {{"kind", signature.kind},
          {"verdict", signature.verdict},
          {"integrity", signature.intact ? "intact" : "broken"},
          {"trust", signature.trust},
          {"coversWholeFile", signature.coversWholeFile},
          {"changesAfter", changes},
          {"signer", signature.signer},
          {"time", signature.time ? json(toRfc3339(*signature.time)) : json()},
          {"provenTime", signature.provenTime ? json(toRfc3339(*signature.provenTime)) : json()},
          {"seal", signature.seal ? json(*signature.seal) : json()},
          {"reasons", signature.reasons},
          {"notes", signature.notes}};
}

int verifyDocument(const Options& options, Service& service, const trust::Anchors& anchors, Time at) {
  const int descriptor = ::open(options.words.front().c_str(), O_RDONLY | O_CLOEXEC);
  const auto report = service.context.engine->verify(descriptor, {anchors, at});
  ::close(descriptor);
  if (!report) {
    printError(report.error(), prompt::userLanguage(), false);
    return conclude(options, unreadable("pdf"));
  }
  json signatures = json::array();
  for (const auto& signature : report->signatures) signatures.push_back(shape(signature));
  return conclude(
      options,
      {{"kind", report->kind}, {"verdict", report->verdict}, {"intact", report->intact}, {"signatures", signatures}});
}

/// Seals and SES signatures are DER and begin with a SEQUENCE.
bool looksLikeDer(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  std::array<unsigned char, 2> head{};
  const auto count = descriptor < 0 ? 0 : ::read(descriptor, head.data(), head.size());
  if (descriptor >= 0) ::close(descriptor);
  return count == 2 && head[0] == 0x30 && (head[1] & 0x80) != 0;
}

/// What is named a seal, or comes with the data it stands on, is looked at as such even if it is rubbish; anything else
/// that is no DER is taken for a document.
bool isSes(const Options& options) {
  const std::filesystem::path file = options.words.front();
  return options.content.has_value() || file.extension() == ".esl" || looksLikeDer(file);
}

/// What a file is that cannot be looked into.
const char* kindByName(const Options& options) {
  if (options.content) return "signature";
  return std::filesystem::path(options.words.front()).extension() == ".esl" ? "seal" : "pdf";
}

}  // namespace

int verifyFile(const Options& options) {
  if (options.words.size() != 1) {
    std::fprintf(stderr, "sealferry verify FILE\n");
    return 2;
  }
  auto service = serviceFor(options.policyFile);
  const auto at = options.at ? fromRfc3339(*options.at) : service.context.clock();
  const auto anchors = anchorsFor(options, service);
  if (!at || !anchors) {
    std::fprintf(stderr,
                 "sealferry: --at is RFC 3339, --root PEM or DER certificates, --crl a list, --ocsp a response\n");
    return 2;
  }
  if (::access(options.words.front().c_str(), R_OK) != 0) {
    std::fprintf(stderr, "sealferry: the file cannot be read\n");
    return options.json ? conclude(options, unreadable(kindByName(options))) : 2;
  }
  return isSes(options) ? verifySes(options, *anchors, *at) : verifyDocument(options, service, *anchors, *at);
}

}  // namespace sealferry::app
