// SPDX-License-Identifier: Apache-2.0
#include "document/codec.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace sealferry::document::codec {
namespace {

using nlohmann::json;

json binary(const Bytes& bytes) { return json::binary(bytes); }
Bytes bytesOf(const json& value) { return value.get_binary(); }

/// Anything but what is known is taken for a CMS, which it will then not be.
SignatureFormat formatOf(const json& value) {
  return value.get<int>() == static_cast<int>(SignatureFormat::ses) ? SignatureFormat::ses : SignatureFormat::cades;
}

json shape(const Pages& pages) { return {pages.first, pages.last}; }

Pages pagesOf(const json& value) { return {value.at(0).get<unsigned>(), value.at(1).get<unsigned>()}; }

json shape(const Placement& place) { return {shape(place.pages), place.xMm, place.yMm, place.clamp}; }

Placement placementOf(const json& value) {
  return {pagesOf(value.at(0)), value.at(1).get<double>(), value.at(2).get<double>(), value.at(3).get<bool>()};
}

json shape(const Keyword& keyword) { return {keyword.text, keyword.all, keyword.clamp}; }

Keyword keywordOf(const json& value) {
  return {value.at(0).get<std::string>(), value.at(1).get<bool>(), value.at(2).get<bool>()};
}

json shape(const Across& across) { return {static_cast<int>(across.edge), across.alongMm, shape(across.pages)}; }

Across acrossOf(const json& value) {
  return {static_cast<Edge>(std::clamp(value.at(0).get<int>(), 0, 3)), value.at(1).get<double>(), pagesOf(value.at(2))};
}

json shape(const StampRequest& request) {
  json places = json::array();
  for (const auto& place : request.placements) places.push_back(shape(place));
  return {{"picture", binary(request.picture.data)},
          {"width", request.picture.widthMm},
          {"height", request.picture.heightMm},
          {"places", places},
          {"keyword", request.keyword ? shape(*request.keyword) : json()},
          {"across", request.across ? shape(*request.across) : json()},
          {"signer", request.signer},
          {"reason", request.reason},
          {"textLine", request.textLine},
          {"time", request.time},
          {"format", request.format},
          {"room", request.signatureRoom}};
}

StampRequest stampOf(const json& value) {
  StampRequest request;
  request.picture = {bytesOf(value.at("picture")), value.at("width").get<double>(), value.at("height").get<double>()};
  for (const auto& place : value.at("places")) request.placements.push_back(placementOf(place));
  if (!value.at("keyword").is_null()) request.keyword = keywordOf(value.at("keyword"));
  if (!value.at("across").is_null()) request.across = acrossOf(value.at("across"));
  request.signer = value.at("signer").get<std::string>();
  request.reason = value.at("reason").get<std::string>();
  request.textLine = value.at("textLine").get<bool>();
  request.time = value.at("time").get<Time>();
  request.format = formatOf(value.at("format"));
  request.signatureRoom = value.at("room").get<std::uint32_t>();
  return request;
}

json shape(const PlacedStamp& stamp) {
  return {stamp.page, stamp.xMm, stamp.yMm, stamp.widthMm, stamp.heightMm, stamp.increment};
}

PlacedStamp placedOf(const json& value) {
  return {value.at(0).get<unsigned>(), value.at(1).get<double>(), value.at(2).get<double>(),
          value.at(3).get<double>(),   value.at(4).get<double>(), value.at(5).get<std::size_t>()};
}

json shape(const Reserved& reserved) {
  json increments = json::array(), stamps = json::array();
  for (const auto& one : reserved.increments) increments.push_back({binary(one.bytes), one.contentsOffset});
  for (const auto& one : reserved.stamps) stamps.push_back(shape(one));
  return {{"size", reserved.originalSize},
          {"pages", reserved.pages},
          {"room", reserved.signatureRoom},
          {"increments", increments},
          {"stamps", stamps}};
}

Reserved reservedOf(const json& value) {
  Reserved reserved;
  reserved.originalSize = value.at("size").get<std::uint64_t>();
  reserved.pages = value.at("pages").get<unsigned>();
  reserved.signatureRoom = value.at("room").get<std::uint32_t>();
  for (const auto& one : value.at("increments"))
    reserved.increments.push_back({bytesOf(one.at(0)), one.at(1).get<std::uint64_t>()});
  for (const auto& one : value.at("stamps")) reserved.stamps.push_back(placedOf(one));
  return reserved;
}

json shape(const SignatureFinding& finding) {
  json changes = json::array();
  for (const auto& change : finding.changesAfter) changes.push_back({change.kind, change.permitted});
  return {{"contents", binary(finding.contents)},
          {"format", finding.format},
          {"digest", binary(finding.digest)},
          {"whole", finding.coversWholeFile},
          {"claimed", finding.claimed ? json(*finding.claimed) : json()},
          {"changes", changes},
          {"defects", finding.defects}};
}

SignatureFinding findingOf(const json& value) {
  SignatureFinding finding;
  finding.contents = bytesOf(value.at("contents"));
  finding.format = formatOf(value.at("format"));
  finding.digest = bytesOf(value.at("digest"));
  finding.coversWholeFile = value.at("whole").get<bool>();
  if (!value.at("claimed").is_null()) finding.claimed = value.at("claimed").get<Time>();
  for (const auto& change : value.at("changes"))
    finding.changesAfter.push_back({change.at(0).get<std::string>(), change.at(1).get<bool>()});
  finding.defects = value.at("defects").get<std::vector<std::string>>();
  return finding;
}

json shape(const std::vector<SignatureFinding>& findings) {
  json list = json::array();
  for (const auto& finding : findings) list.push_back(shape(finding));
  return list;
}

json shape(const PictureOrder& order) { return {{"bytes", binary(order.picture)}, {"most", order.largestBytes}}; }

PictureOrder pictureOf(const json& value) {
  return {bytesOf(value.at("bytes")), value.at("most").get<std::uint64_t>()};
}

json shape(const Error& error) {
  return {{"code", static_cast<int>(error.code)}, {"where", error.where}, {"detail", error.detail}};
}

Error errorOf(const json& value) {
  const auto code = static_cast<ErrorCode>(value.at("code").get<int>());
  return {errorRow(code).code,
          value.at("where").get<std::string>(),
          0,
          {},
          value.at("detail").get<std::map<std::string, std::string>>()};
}

ChildAnswer answerOf(const json& value) {
  if (value.contains("reserved")) return reservedOf(value.at("reserved"));
  if (value.contains("png")) return ShownPicture{bytesOf(value.at("png"))};
  if (value.contains("error")) return errorOf(value.at("error"));
  std::vector<SignatureFinding> findings;
  for (const auto& finding : value.at("findings")) findings.push_back(findingOf(finding));
  return findings;
}

}  // namespace

Bytes encode(const ChildRequest& request) {
  if (const auto* stamp = std::get_if<StampRequest>(&request)) return json::to_cbor({{"stamp", shape(*stamp)}});
  if (const auto* picture = std::get_if<PictureOrder>(&request)) return json::to_cbor({{"picture", shape(*picture)}});
  return json::to_cbor({{"verify", true}});
}

Bytes encode(const ChildAnswer& answer) {
  if (const auto* reserved = std::get_if<Reserved>(&answer)) return json::to_cbor({{"reserved", shape(*reserved)}});
  if (const auto* picture = std::get_if<ShownPicture>(&answer)) return json::to_cbor({{"png", binary(picture->png)}});
  if (const auto* error = std::get_if<Error>(&answer)) return json::to_cbor({{"error", shape(*error)}});
  return json::to_cbor({{"findings", shape(std::get<std::vector<SignatureFinding>>(answer))}});
}

Result<ChildRequest> decodeRequest(ByteView bytes) {
  try {
    const auto value = json::from_cbor(bytes.begin(), bytes.end());
    if (value.contains("stamp")) return ChildRequest(stampOf(value.at("stamp")));
    if (value.contains("picture")) return ChildRequest(pictureOf(value.at("picture")));
    return ChildRequest(VerifyOrder{});
  } catch (const json::exception&) {
    return fail(ErrorCode::internal, "decodeRequest");
  }
}

Result<ChildAnswer> decodeAnswer(ByteView bytes) {
  try {
    return answerOf(json::from_cbor(bytes.begin(), bytes.end()));
  } catch (const json::exception&) {
    return fail(ErrorCode::internal, "decodeAnswer");
  }
}

}  // namespace sealferry::document::codec
