// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/time.h"
#include "document/engine.h"
#include "operation/documents.h"
#include "operation/errand.h"
#include "operation/key_ring.h"
#include "operation/orders_done.h"
#include "operation/pin_count.h"
#include "policy/policy.h"
#include "policy/sites.h"
#include "prompt/words.h"
#include "trust/chain.h"

namespace sealferry::operation {

/// What every operation works with: made once a process, by the app.
struct Context {
  policy::Policy policy;
  policy::Sites sites;
  KeyRing keys;
  Documents documents;
  Errands errands;
  std::unique_ptr<document::Engine> engine;
  std::unique_ptr<prompt::Window> window;
  prompt::Language language = prompt::Language::chinese;
  std::function<Time()> clock;
  trust::Anchors sealAnchors, orderAnchors;
  std::vector<Bytes> orderSigners;    ///< SHA-256 of pinned signers
  std::set<std::string> subscribers;  ///< origins that want keyInserted and keyRemoved
  PinCount pinFailures;               ///< wrong PINs seen by us since the last right one, by serial
  OrdersDone ordersDone;              ///< orders to unblock that were carried out
  std::string version, platform, build;
  std::set<std::string> commonPins{};  ///< serials of keys whose PIN, typed here, is one everybody knows
};

}  // namespace sealferry::operation
