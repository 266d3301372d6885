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

/// What the structure of a document says of one signature, before anybody looked into its CMS.
struct SignatureFinding {
  Bytes contents;  ///< /Contents as it stands, zero padding included; empty if it could not be read
  SignatureFormat format = SignatureFormat::cades;  ///< what /SubFilter says it is
  Bytes digest;                                     ///< over /ByteRange: the algorithm the CMS names, SM3 for ses
  std::optional<Time> claimed;                      ///< /M, which nothing but the signature's own bytes vouch for
  bool coversWholeFile = false;
  std::vector<Change> changesAfter;
  std::vector<std::string> defects;  ///< stable words; any of them breaks the signature
};

/// The report, from the findings: CMS, certificate binding and chain; or the steps of an SES signature. `anchors`
/// without roots leave trust unknown.
Report reportOn(const std::vector<SignatureFinding>& findings, const trust::Anchors& anchors, Time at);

}  // namespace sealferry::document
