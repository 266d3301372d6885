// SPDX-License-Identifier: Apache-2.0
#include "trust/timestamp.h"

#include "algorithm_identifier.h"
#include "base/digest.h"
#include "cms_names.h"
#include "parsed.h"
#include "trust/der.h"

namespace sealferry::trust {
namespace {

constexpr std::string_view timestampInfo = "1.2.840.113549.1.9.16.1.4";  // id-ct-TSTInfo
constexpr std::string_view timeStamping = "1.3.6.1.5.5.7.3.8";           // id-kp-timeStamping

struct Info {
  Time time;
  DigestAlgorithm digest;
  Bytes imprint;
};

std::optional<Info> readImprint(der::Reader imprint) {
  const auto algorithm = imprint.next(der::tag::sequence);
  const auto value = imprint.next(der::tag::octetString);
  if (!algorithm || !value || !imprint.atEnd()) return std::nullopt;
  const auto digest = readDigestAlgorithm(*algorithm);
  const auto octets = der::octets(*value);
  if (!digest || !octets || octets->size() != digestSize(*digest)) return std::nullopt;
  return Info{0, *digest, copyOf(*octets)};
}

/// TSTInfo up to genTime; accuracy, ordering, nonce, tsa and extensions say nothing that is used here.
std::optional<Info> readInfo(ByteView content) {
  const auto whole = der::only(content);
  auto reader = whole && whole->tag == der::tag::sequence ? der::inside(*whole) : std::nullopt;
  if (!reader || !reader->next(der::tag::integer) || !reader->next(der::tag::objectIdentifier)) return std::nullopt;
  const auto imprint = reader->enter(der::tag::sequence);
  auto info = imprint ? readImprint(*imprint) : std::nullopt;
  if (!info || !reader->next(der::tag::integer)) return std::nullopt;
  const auto made = reader->next(der::tag::generalizedTime);
  const auto time = made ? der::time(*made) : std::nullopt;
  if (!time) return std::nullopt;
  info->time = time->time;
  return info;
}

/// RFC 3161 §2.3: a key that stamps times does nothing else, and its certificate says so under a critical extension.
bool isForTimeStamping(const Certificate& certificate) {
  return certificate.parsed().extendedKeyUsageCritical &&
         certificate.extendedKeyUsages() == std::vector<std::string>{std::string(timeStamping)};
}

}  // namespace

Result<Timestamp> readTimestamp(ByteView der, cms::Tail tail) {
  // Indefinite lengths in the outer parts are BER, in which CMS may be written; nothing that is signed lies there.
  constexpr std::uint8_t indefinite = 0x80;
  const auto definite = der.size() > 1 && der[1] == indefinite ? der::withDefiniteLengths(der) : std::nullopt;
  auto message = cms::read(definite ? ByteView(*definite) : der, tail);
  if (!message) return passOn(message);
  if (message->contentType != timestampInfo || !message->content) return cms::badMessage("notTimestamp");
  auto info = readInfo(*message->content);
  if (!info) return cms::badMessage("malformed");
  return Timestamp{info->time, info->digest, std::move(info->imprint), *std::move(message)};
}

Bytes timestampRequest(ByteView stamped) {
  const auto imprint = der::sequence(
      {encodeDigestAlgorithm(DigestAlgorithm::sha256), der::encodeOctets(digestOf(DigestAlgorithm::sha256, stamped))});
  return der::sequence({der::encodeInteger(1), imprint, der::encodeBoolean(true)});
}

std::string checkTimestamp(const Timestamp& stamp, ByteView stamped, const Anchors& anchors) {
  return checkTimestampOver(stamp, digestOf(stamp.digest, stamped), &anchors);
}

std::string checkTimestampOver(const Timestamp& stamp, ByteView digest, const Anchors* anchors) {
  if (!sameBytes(digest, stamp.imprint)) return "imprintMismatch";
  if (auto wrong = cms::check(stamp.message); !wrong.empty()) return wrong;
  if (!stamp.message.certificateBound) return "certificateNotBound";
  if (anchors == nullptr) return {};
  // Two documents with one SHA-1 can be made: such a token may be whole, and proves nothing.
  if (stamp.digest == DigestAlgorithm::sha1) return "weakAlgorithm";
  auto chain = checkChain(stamp.message.signer, stamp.message.certificates, *anchors, stamp.time, {});
  if (!chain.trusted) return std::move(chain.reason);
  return isForTimeStamping(stamp.message.signer) ? "" : "badUsage";
}

}  // namespace sealferry::trust
