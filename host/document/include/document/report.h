// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "trust/chain.h"

namespace sealferry::document {

/// What came after a signature, and whether the signature permits it.
/// Stable words all; docs/protocol.md lists them.
struct Change {
  std::string kind;  ///< content annotation field form page pageTree resource catalog metadata validation signature
                     ///< revision trailing unknown
  bool permitted = false;
  std::string reason;  ///< what happened to it
  bool operator==(const Change&) const = default;
};

struct SignatureReport {
  std::string kind = "signature";   ///< or "timestamp": of the document, ISO 32000-2 §12.8.5
  std::string verdict = "invalid";  ///< valid valid-with-note invalid
  bool intact = false;              ///< bytes, structure and CMS hold
  std::string trust = "unknown";    ///< "trusted" "untrusted" "unknown" (no roots were given)
  bool coversWholeFile = false;
  std::vector<Change> changesAfter;
  std::string signer;                ///< unit name of the certificate
  std::optional<std::string> seal;   ///< id of the seal, where the signature holds one
  std::optional<Time> time;          ///< claimed; of a time stamp: what it says
  std::optional<Time> provenTime;    ///< it existed then: by a trusted time stamp in it or over it
  std::vector<std::string> reasons;  ///< stable words: why it is not intact or not trusted
  std::vector<std::string> notes;    ///< stable words: what does not break it
};

struct Report {
  std::string kind = "pdf";
  std::string verdict = "unreadable";  ///< valid valid-with-note invalid unsigned unreadable
  bool intact = false;                 ///< at least one signature, all intact, nothing changed but what is permitted
  std::vector<SignatureReport> signatures;
};

}  // namespace sealferry::document
