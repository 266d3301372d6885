// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "trust/chain.h"

namespace sealferry::document {

/// What came after a signature, and whether the signature permits it.
struct Change {
  std::string
      kind;  ///< stable word: content, annotation, field, page, resource, metadata, signature, unknown, trailing
  bool permitted = false;
};

struct SignatureReport {
  bool intact = false;            ///< bytes, structure and CMS hold
  std::string trust = "unknown";  ///< "trusted" "untrusted" "unknown" (no roots were given)
  bool coversWholeFile = false;
  std::vector<Change> changesAfter;
  std::string signer;                ///< unit name of the certificate
  std::optional<std::string> seal;   ///< id of the seal, where the signature holds one
  std::optional<Time> time;          ///< claimed
  std::vector<std::string> reasons;  ///< stable words: why it is not intact or not trusted
};

struct Report {
  std::string kind = "pdf";
  std::string verdict = "unreadable";  ///< valid valid-with-note invalid unsigned unreadable
  bool intact = false;                 ///< at least one signature, all intact, nothing changed but what is permitted
  std::vector<SignatureReport> signatures;
};

}  // namespace sealferry::document
