// SPDX-License-Identifier: Apache-2.0
#include "shapes.h"

namespace sealferry::wire {

json shape(const HelloAnswer& value) {
  return {{"host", value.host},
          {"protocol", value.protocol},
          {"platform", value.platform},
          {"build", value.build},
          {"features", value.features}};
}

json shape(const SiteView& value) {
  return {{"origin", value.origin},
          {"rights", value.rights},
          {"trustedBy", value.trustedBy.empty() ? json() : json(value.trustedBy)},
          {"mayAsk", value.mayAsk}};
}

json shape(const LayerView& value) {
  json object = {{"layer", value.layer}, {"state", value.state}};
  if (value.error) object["error"] = errorRow(*value.error).name;
  if (!value.detail.empty()) object["detail"] = value.detail;
  return object;
}

json shape(const ModuleView& value) {
  json object = {{"path", value.path}, {"kind", value.kind}, {"version", value.version}, {"slots", value.slots}};
  object["bits"] = value.bits == 0 ? json() : json(value.bits);
  object["loadMs"] = value.loadMs;
  if (value.error) object["error"] = errorRow(*value.error).name;
  if (!value.reason.empty()) object["reason"] = value.reason;
  if (!value.collisions.empty()) object["collisions"] = value.collisions;
  return object;
}

json shape(const KeySummary& value) {
  return {{"id", value.id},     {"serial", value.serial}, {"label", value.label},
          {"unit", value.unit}, {"kind", value.kind},     {"algorithms", value.algorithms}};
}

json shape(const StatusAnswer& value) {
  json object = {{"host", value.host},
                 {"platform", value.platform},
                 {"site", shape(value.site)},
                 {"layers", shapes(value.layers)}};
  if (value.modules) object["modules"] = shapes(*value.modules);
  if (value.keys) object["keys"] = shapes(*value.keys);
  return object;
}

json shape(const CertificateView& value) {
  return {{"use", value.use},
          {"unit", value.unit},
          {"subject", value.subject},
          {"issuer", value.issuer},
          {"serialNumber", value.serialNumber},
          {"notBefore", toRfc3339(value.notBefore)},
          {"notAfter", toRfc3339(value.notAfter)},
          {"algorithm", value.algorithm},
          {"sha256", value.sha256},
          {"pem", value.pem},
          {"hasPrivateKey", value.hasPrivateKey},
          {"expired", value.expired}};
}

json shape(const StepView& value) {
  json object = {{"name", value.name}, {"result", value.result}};
  if (!value.reason.empty()) object["reason"] = value.reason;
  return object;
}

json shape(const VerdictView& value) {
  json object = {{"kind", "seal"},
                 {"verdict", value.verdict},
                 {"at", toRfc3339(value.at)},
                 {"steps", shapes(value.steps)},
                 {"notes", value.notes}};
  if (!value.failedStep.empty()) object["failedStep"] = value.failedStep;
  if (value.version) object["version"] = *value.version;
  return object;
}

json shape(const Advice& value) { return {{"action", value.action}, {"reason", value.reason}}; }

json shape(const SealView& value) {
  json object = {{"id", value.id},
                 {"name", value.name},
                 {"type", value.isPicture ? json("picture") : json(value.type)},
                 {"version", value.version},
                 {"notBefore", toRfc3339(value.notBefore)},
                 {"notAfter", toRfc3339(value.notAfter)},
                 {"maker", value.maker},
                 {"widthMm", value.widthMm},
                 {"heightMm", value.heightMm},
                 {"sha256", value.sha256},
                 {"verdict", shape(value.verdict)},
                 {"daysLeft", value.daysLeft},
                 {"certificateMatches", value.certificateMatches},
                 {"advice", shape(value.advice)}};
  if (!value.profile.empty()) object["profile"] = value.profile;
  if (value.picture)
    object["picture"] = {{"mediaType", value.picture->mediaType}, {"data", toBase64(value.picture->data)}};
  return object;
}

json shape(const KeyView& value) {
  json object = shape(value.key);
  object.erase("algorithms");
  object["certificates"] = shapes(value.certificates);
  object["seals"] = shapes(value.seals);
  object["room"] = value.room ? json{{"free", value.room->free}, {"total", value.room->total}} : json();
  object["pin"] = {{"state", value.pin.state}};
  if (value.pin.triesLeft) object["pin"]["triesLeft"] = *value.pin.triesLeft;
  object["pin"]["unblockable"] = value.pin.unblockable;
  object["advice"] = shape(value.advice);
  object["layout"] = {{"profile", value.layout.profile.empty() ? json() : json(value.layout.profile)},
                      {"writable", value.layout.writable}};
  if (!value.layout.reason.empty()) object["layout"]["reason"] = value.layout.reason;
  if (value.pending) object["pending"] = {{"order", value.pending->order}, {"committed", value.pending->committed}};
  return object;
}

json shape(const WriteAnswer& value) {
  return {{"outcome", value.outcome},
          {"receipt", toBase64(value.receipt)},
          {"before", value.before ? shape(*value.before) : json()},
          {"after", shape(value.after)}};
}

json shape(const UnblockAnswer& value) {
  return {{"outcome", value.outcome}, {"receipt", toBase64(value.receipt)}, {"key", shape(value.key)}};
}

json shape(const ChangeView& value) {
  return {{"kind", value.kind}, {"permitted", value.permitted}, {"reason", value.reason}};
}

json shape(const SignatureView& value) {
  return {{"kind", value.kind},
          {"verdict", value.verdict},
          {"integrity", value.integrity},
          {"trust", value.trust},
          {"coversWholeFile", value.coversWholeFile},
          {"changesAfter", shapes(value.changesAfter)},
          {"signer", value.signer},
          {"time", value.time ? json(toRfc3339(*value.time)) : json()},
          {"provenTime", value.provenTime ? json(toRfc3339(*value.provenTime)) : json()},
          {"seal", value.seal.empty() ? json() : json(value.seal)},
          {"reasons", value.reasons},
          {"notes", value.notes}};
}

json shape(const ReportView& value) {
  return {{"kind", value.kind},
          {"verdict", value.verdict},
          {"intact", value.intact},
          {"signatures", shapes(value.signatures)}};
}

json shape(const StampedDocument& value) {
  return {{"document", value.document}, {"size", value.size}, {"sha256", value.sha256}, {"seal", value.seal}};
}

json shape(const StampAnswer& value) {
  return {{"documents", shapes(value.documents)}, {"report", shape(value.report)}};
}

json shape(const PlacedView& value) {
  return {{"page", value.page},     {"x", value.xMm},           {"y", value.yMm},
          {"width", value.widthMm}, {"height", value.heightMm}, {"signature", value.signature}};
}

json shape(const StampedAnswer& value) {
  json object = {{"document", value.document},   {"size", value.size},
                 {"sha256", value.sha256},       {"wholeSize", value.wholeSize},
                 {"seal", value.seal},           {"pages", value.pages},
                 {"algorithm", value.algorithm}, {"stamps", shapes(value.stamps)},
                 {"notes", value.notes},         {"report", shape(value.report)}};
  if (value.timestampRequest) object["timestampRequest"] = toBase64(*value.timestampRequest);
  return object;
}

json shape(const TimestampedAnswer& value) {
  return {{"document", value.document},    {"size", value.size},
          {"sha256", value.sha256},        {"wholeSize", value.wholeSize},
          {"time", toRfc3339(value.time)}, {"report", shape(value.report)}};
}

}  // namespace sealferry::wire
