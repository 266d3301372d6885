// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"
#include "document/report.h"
#include "document/stamp.h"

namespace sealferry::document {

/// What /SubFilter says that /Contents is. pades: CMS that has to bind its certificate (EN 319 142-1). pkcs7: CMS as
/// ISO 32000-1 has it. ses: an SES_Signature (GB/T 38540). timestamp: an RFC 3161 token over the document itself.
/// unknown: anything else, weak forms of long ago (adbe.x509.rsa_sha1, adbe.pkcs7.sha1) among it.
enum class SignatureKind { pades, pkcs7, ses, timestamp, unknown };

/// What the structure of a document says of one signature, before anybody looked into its CMS.
struct SignatureFinding {
  Bytes contents;  ///< /Contents as it stands, zero padding included; empty if it could not be read
  SignatureKind kind = SignatureKind::unknown;
  Bytes digest;                 ///< over /ByteRange: the algorithm the CMS or the token names, SM3 for ses
  std::optional<Time> claimed;  ///< /M, which nothing but the signature's own bytes vouch for
  bool coversWholeFile = false;
  std::vector<Change> changesAfter;
  std::vector<std::string> defects;  ///< stable words; any of them breaks the signature
};

/// The report, from the findings: CMS, certificate binding and chain; or the steps of an SES signature. `anchors`
/// without roots leave trust unknown.
Report reportOn(const std::vector<SignatureFinding>& findings, const trust::Anchors& anchors, Time at);

}  // namespace sealferry::document
