// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"

/// What a page may ask, one struct a method: docs/protocol.md says what each member means.
namespace sealferry::wire {

struct Version {
  std::string version;
  std::optional<std::int64_t> protocol;
};
struct Hello {
  std::optional<Version> client, extension;
};
struct Status {
  std::optional<Time> time;  ///< the browser's clock
};
struct TrustSite {
  bool stamp = false;  ///< the question for the right to stamp, instead of the ordinary one
};
struct Subscribe {
  bool events = false;
};
struct ListKeys {};
struct ReadKey {
  std::optional<std::string> serial;
  bool pictures = true;
};
struct Login {
  std::optional<std::string> serial;
  Bytes nonce;
};
struct NewKeyPair {
  std::string algorithm;
  std::int64_t bits = 0;
};
struct CreateRequest {
  Bytes order;
  std::optional<std::string> serial;
  std::optional<NewKeyPair> newKeyPair;
};
/// The three writes are alike.
struct Write {
  Bytes order;
  std::vector<Bytes> seals;
  std::optional<Bytes> signCertificate, encryptionCertificate, encryptionKey;
};
struct WriteSeal : Write {};
struct ChangeSeal : Write {};
struct AnnualInspection : Write {};
struct OrderState {
  Bytes order;
};
struct TestStamp {
  std::optional<std::string> serial;
  std::optional<std::vector<std::string>> seals;
  std::string format = "pdf";
};
/// From 1, both ends inclusive; 0 is the last page.
struct PageRange {
  std::uint32_t first = 1, last = 1;
};
struct StampPlace {
  double xMm = 0, yMm = 0;
  bool clamp = true;
};
struct StampKeyword {
  std::string text;
  bool all = false, clamp = true;
};
struct StampAcross {
  std::string edge = "right";   ///< "right" "left" "top" "bottom"
  std::optional<double> along;  ///< mm; none: the middle
  PageRange pages{1, 0};
};
struct StampDocument {
  std::string document;
  std::optional<std::string> serial, seal;
  std::optional<std::string> name;  ///< what the page calls the document: shown as a quotation, used for nothing
  std::vector<PageRange> pages;     ///< for `at`
  std::optional<StampPlace> at;
  std::optional<StampKeyword> keyword;
  std::optional<StampAcross> across;
  std::optional<std::string> reason;
  bool textLine = false, timestamp = false;
  std::optional<std::string> digest;   ///< "sha256" "sha384" "sha512"
  std::optional<std::string> padding;  ///< "pkcs1" "pss"; RSA alone
};
/// The second step of stampDocument with `timestamp`.
struct AddTimestamp {
  std::string document;  ///< as stampDocument answered it
  Bytes token;
};
/// What a page knows of revoked certificates; signed by those who may say so, or it counts for nothing.
struct Revocations {
  std::vector<Bytes> crls, ocspResponses;
};
struct VerifyDocument {
  std::string document;
  Revocations revocations;
};
struct VerifySeal {
  Bytes seal;
  Revocations revocations;
};
struct ChangePin {
  std::optional<std::string> serial;
};
struct UnblockPin {
  Bytes order;
};
struct OpenDocument {
  std::int64_t size = 0;
};
struct AppendDocument {
  std::string document;
  std::int64_t offset = 0;
  Bytes data;
  std::optional<std::string> sha256;  ///< of the whole, with the last part
};
struct ReadDocument {
  std::string document;
  std::int64_t offset = 0, length = 0;
};
struct CloseDocument {
  std::string document;
};
/// JSON-RPC allows numbers and strings; it is kept as the JSON it came as.
using RequestId = std::string;
struct Cancel {
  RequestId id;
};
/// Methods of later releases: named, so that a page learns not_available_yet and not unknown_method.
struct NotYet {};

using Params =
    std::variant<Hello, Status, TrustSite, Subscribe, ListKeys, ReadKey, Login, CreateRequest, WriteSeal, ChangeSeal,
                 AnnualInspection, OrderState, TestStamp, StampDocument, AddTimestamp, VerifyDocument, VerifySeal,
                 ChangePin, UnblockPin, OpenDocument, AppendDocument, ReadDocument, CloseDocument, Cancel, NotYet>;

struct Request {
  RequestId id;
  std::string method;
  std::string origin, topOrigin;  ///< as the browser stated them; empty if the extension gave none
  bool gesture = false;           ///< the user had just clicked in the page
  Params params;
};

}  // namespace sealferry::wire
