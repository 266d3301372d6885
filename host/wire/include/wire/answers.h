// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"
#include "wire/messages.h"

/// What is answered, one struct a shape of docs/protocol.md. Texts are UTF-8.
namespace sealferry::wire {

struct HelloAnswer {
  std::string host, platform, build;
  std::int64_t protocol = 1;
  std::vector<std::string> features;
};

struct SiteView {
  std::string origin;
  std::vector<std::string> rights;
  std::string trustedBy;  ///< "policy", "user" or empty
  bool mayAsk = false;
};
struct LayerView {
  std::string layer, state;
  std::optional<ErrorCode> error;
  std::map<std::string, std::string> detail;
};
struct ModuleView {
  std::string path, kind, version;
  unsigned slots = 0, bits = 0, loadMs = 0;
  std::optional<ErrorCode> error;
  std::string reason;                   ///< of an error, where it is known
  std::vector<std::string> collisions;  ///< paths of drivers that see the same key, or are the same file
};
struct KeySummary {
  std::string id, serial, label, unit, kind;
  std::vector<std::string> algorithms;
};
struct StatusAnswer {
  std::string host, platform;
  SiteView site;
  std::vector<LayerView> layers;
  std::optional<std::vector<ModuleView>> modules;
  std::optional<std::vector<KeySummary>> keys;
};
struct TrustAnswer {
  std::string outcome;
  std::vector<std::string> rights;
};
struct KeyList {
  std::vector<KeySummary> keys;
};

struct CertificateView {
  std::string use, unit, subject, issuer, serialNumber, algorithm, sha256, pem;
  Time notBefore = 0, notAfter = 0;
  bool hasPrivateKey = false, expired = false;
};
struct StepView {
  std::string name, result, reason;
};
struct VerdictView {
  std::string verdict, failedStep;
  std::optional<int> version;
  Time at = 0;
  std::vector<StepView> steps;
  std::vector<std::string> notes;
};
struct Advice {
  std::string action, reason;
};
struct PictureView {
  std::string mediaType;
  Bytes data;
};
struct SealView {
  std::string id, name, maker, sha256;
  std::string profile;     ///< storage profile through which it was read; empty: one of our own objects
  bool isPicture = false;  ///< a picture alone: told as type "picture"
  std::int64_t type = 0, version = 0, widthMm = 0, heightMm = 0, daysLeft = 0;
  Time notBefore = 0, notAfter = 0;
  std::optional<PictureView> picture;
  VerdictView verdict;
  bool certificateMatches = false;
  Advice advice = {};
};
struct Room {
  std::uint64_t free = 0, total = 0;
};
struct PinView {
  std::string state;
  std::optional<int> triesLeft;
  bool unblockable = false;  ///< a PUK or the administrator's PIN can set a new one, and is not locked itself
};
struct Pending {
  std::string order;
  bool committed = false;
};
struct LayoutView {
  std::string profile, reason;
  bool writable = true;
};
struct KeyView {
  KeySummary key;
  std::vector<CertificateView> certificates;
  std::vector<SealView> seals;
  std::optional<Room> room;
  PinView pin;
  Advice advice;
  LayoutView layout;
  std::optional<Pending> pending;
};

struct LoginAnswer {
  Bytes message;
};
struct RequestAnswer {
  std::string request;
};
struct WriteAnswer {
  std::string outcome;
  Bytes receipt;
  std::optional<KeyView> before;
  KeyView after;
};
struct UnblockAnswer {
  std::string outcome;
  Bytes receipt;
  KeyView key;
};
struct StateAnswer {
  std::string state;
};

struct ChangeView {
  std::string kind;
  bool permitted = false;
  std::string reason = {};
};
struct SignatureView {
  std::string kind, verdict, integrity, trust, signer, seal;
  bool coversWholeFile = false;
  std::vector<ChangeView> changesAfter;
  std::optional<Time> time, provenTime;
  std::vector<std::string> reasons, notes;
};
struct ReportView {
  std::string kind, verdict;
  bool intact = false;
  std::vector<SignatureView> signatures;
};
struct StampedDocument {
  std::string document, sha256, seal;
  std::uint64_t size = 0;
};
struct StampAnswer {
  std::vector<StampedDocument> documents;
  ReportView report;
};

struct PlacedView {
  unsigned page = 1;
  double xMm = 0, yMm = 0, widthMm = 0, heightMm = 0;
  std::size_t signature = 0;  ///< which of the new ones it belongs to, from 0
};
struct StampedAnswer {
  std::string document, sha256, seal;  ///< document: the increment; sha256: of the whole
  std::uint64_t size = 0, wholeSize = 0;
  unsigned pages = 0;
  std::string algorithm;
  std::vector<PlacedView> stamps;
  std::vector<std::string> notes;  ///< what was done besides, as stable words
  std::optional<Bytes> timestampRequest;
  ReportView report;
};
struct TimestampedAnswer {
  std::string document, sha256;
  std::uint64_t size = 0, wholeSize = 0;
  Time time = 0;
  ReportView report;
};

struct DocumentAnswer {
  std::string document;
};
struct ReceivedAnswer {
  std::uint64_t received = 0;
};
struct PartAnswer {
  Bytes data;
  std::uint64_t size = 0;
  std::optional<std::string> sha256;
};
struct Done {};

/// The JSON text of a result.
std::string encode(const HelloAnswer&);
std::string encode(const StatusAnswer&);
std::string encode(const TrustAnswer&);
std::string encode(const KeyList&);
std::string encode(const KeyView&);
std::string encode(const LoginAnswer&);
std::string encode(const RequestAnswer&);
std::string encode(const WriteAnswer&);
std::string encode(const UnblockAnswer& value);
std::string encode(const StateAnswer&);
std::string encode(const StampAnswer&);
std::string encode(const StampedAnswer&);
std::string encode(const TimestampedAnswer&);
std::string encode(const ReportView&);
std::string encode(const VerdictView&);
std::string encode(const DocumentAnswer&);
std::string encode(const ReceivedAnswer&);
std::string encode(const PartAnswer&);
std::string encode(const Done&);

/// Whole messages around a result, an error or a notification.
std::string resultMessage(const RequestId& id, std::string_view result);
std::string errorMessage(const RequestId& id, const Error& error, std::string_view logReference);
std::string progressMessage(const RequestId& id, std::string_view step, unsigned done, unsigned total);
std::string promptMessage(const RequestId& id, std::string_view what);
std::string keyInsertedMessage(std::string_view serial, std::string_view label);
std::string keyRemovedMessage(std::string_view serial);

}  // namespace sealferry::wire
