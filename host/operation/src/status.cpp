// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>

#include "key_view.h"
#include "operations.h"
#include "token/module_file.h"

namespace sealferry::operation {
namespace {

constexpr Time allowedSkew = 300;

wire::LayerView good(std::string layer) { return {std::move(layer), "ok", {}, {}}; }
wire::LayerView unknown(std::string layer) { return {std::move(layer), "unknown", {}, {}}; }
wire::LayerView bad(std::string layer, ErrorCode error) { return {std::move(layer), "error", error, {}}; }

wire::LayerView policyLayer(const policy::Policy& policy, bool inFull) {
  if (policy.problems.empty()) return good("policy");
  wire::LayerView view{"policy", policy.readable ? "warning" : "error", {}, {}};
  if (inFull) view.detail["field"] = policy.problems.front();
  return view;
}

wire::LayerView siteLayer(const policy::Standing& standing) {
  return standing.rights.empty() ? bad("site", standing.refusal) : good("site");
}

wire::ModuleView moduleView(const KeyRing::ModuleState& state) {
  wire::ModuleView view;
  view.path = state.path;
  view.kind = state.kind;
  const auto file = token::inspectModuleFile(state.path);
  view.bits = file.bits;
  if (!state.info) {
    const auto& error = state.info.error();
    view.error = error.code;
    const auto said = error.detail.find("reason");
    if (error.code == ErrorCode::no_driver)
      view.reason = !file.problem.empty() ? file.problem : said == error.detail.end() ? "" : said->second;
    return view;
  }
  view.version = state.info->version;
  view.slots = state.info->slots;
  view.loadMs = state.info->loadMilliseconds;
  return view;
}

void collide(std::vector<wire::ModuleView>& modules, const std::string& one, const std::string& other) {
  for (auto& module : modules)
    if (module.path == one && std::ranges::find(module.collisions, other) == module.collisions.end())
      module.collisions.push_back(other);
}

/// The same file under two names.
void addFileCollisions(std::vector<wire::ModuleView>& modules) {
  for (std::size_t i = 0; i < modules.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const auto first = modules[i].path, second = modules[j].path;
      if (token::inspectModuleFile(first).real != token::inspectModuleFile(second).real) continue;
      collide(modules, first, second);
      collide(modules, second, first);
    }
}

/// Drivers of two vendors that see the same stick: what one writes, the other's tools may not find.
void addKeyCollisions(std::vector<wire::ModuleView>& modules, const KeyRing::Found& key) {
  std::vector<std::string> all{key.driver};
  for (const auto& other : key.also) all.push_back(other.driver);
  for (const auto& one : all)
    for (const auto& other : all)
      if (one != other) collide(modules, one, other);
}

/// Good if any driver works: the others are told under modules.
wire::LayerView driverLayer(const std::vector<wire::ModuleView>& modules) {
  const auto working = std::ranges::find_if(modules, [](const auto& one) { return !one.error.has_value(); });
  if (working != modules.end()) return good("driver");
  if (modules.empty()) return bad("driver", ErrorCode::no_driver);
  auto view = bad("driver", *modules.front().error);
  view.detail["module"] = std::filesystem::path(modules.front().path).filename();
  if (!modules.front().reason.empty()) view.detail["reason"] = modules.front().reason;
  return view;
}

wire::LayerView certificateLayer(const wire::KeyView& key) {
  const auto signing =
      std::ranges::find_if(key.certificates, [](const auto& one) { return one.use == "signing" && one.hasPrivateKey; });
  if (signing == key.certificates.end()) return bad("certificate", ErrorCode::no_certificate);
  return signing->expired ? bad("certificate", ErrorCode::certificate_invalid) : good("certificate");
}

/// Good as they are, but nothing new can be written.
wire::LayerView layoutLayer(const wire::LayoutView& layout) {
  if (layout.writable) return good("seal");
  return {"seal", "warning", ErrorCode::layout_unknown, {{"reason", layout.reason}}};
}

wire::LayerView sealLayer(const wire::KeyView& key) {
  if (std::ranges::all_of(key.seals, &wire::SealView::isPicture))
    return key.layout.writable ? bad("seal", ErrorCode::no_seal) : layoutLayer(key.layout);
  for (const auto& seal : key.seals) {
    if (seal.isPicture) continue;
    if (seal.verdict.failedStep == "sealValidity") return bad("seal", ErrorCode::seal_expired);
    if (seal.verdict.failedStep == "makerCert") return bad("seal", ErrorCode::seal_untrusted);
    if (seal.verdict.verdict == "invalid") return bad("seal", ErrorCode::seal_invalid);
    if (!seal.certificateMatches) return bad("seal", ErrorCode::seal_certificate_mismatch);
  }
  return layoutLayer(key.layout);
}

wire::LayerView clockLayer(const Context& context, const wire::Status& request) {
  if (!request.time) return unknown("clock");
  const Time here = context.clock();
  if (here - *request.time <= allowedSkew && *request.time - here <= allowedSkew) return good("clock");
  auto view = bad("clock", ErrorCode::clock_wrong);
  view.detail = {{"here", toRfc3339(here)}, {"there", toRfc3339(*request.time)}};
  return view;
}

void addKeyLayers(Context& context, wire::StatusAnswer& answer) {
  const auto keys = context.keys.keysForSure();
  const auto failure = !keys           ? std::optional(keys.error().code)
                       : keys->empty() ? std::optional(ErrorCode::no_key)
                                       : std::nullopt;
  answer.keys.emplace();
  if (failure) {
    answer.layers.push_back(bad("key", *failure));
    for (const auto* layer : {"certificate", "seal"}) answer.layers.push_back(unknown(layer));
    return;
  }
  std::optional<wire::KeyView> only;
  for (const auto& found : *keys) {
    addKeyCollisions(*answer.modules, found);
    const auto session = found.backend->open(found.info.serial);
    const auto view = session ? viewOf(context, **session, false) : Result<wire::KeyView>(passOn(session));
    answer.keys->push_back(
        view ? view->key
             : wire::KeySummary{found.info.id, found.info.serial, found.info.label, {}, found.info.kind, {}});
    if (view && keys->size() == 1) only = *view;
  }
  answer.layers.push_back(good("key"));
  answer.layers.push_back(only ? certificateLayer(*only) : unknown("certificate"));
  answer.layers.push_back(only ? sealLayer(*only) : unknown("seal"));
}

}  // namespace

Result<wire::StatusAnswer> status(Context& context, const wire::Status& request, const Call& call) {
  const auto& standing = call.standing;
  const bool mayRead = standing.rights.contains(policy::Right::read);
  wire::StatusAnswer answer;
  answer.host = context.version;
  answer.platform = context.platform;
  answer.site = {call.caller.origin, policy::namesOf(standing.rights), standing.trustedBy, standing.mayAsk};
  answer.layers = {good("extension"), good("host"), policyLayer(context.policy, mayRead), siteLayer(standing)};
  if (!mayRead) return answer;  // what is plugged in is nobody else's business
  answer.modules.emplace();
  for (const auto& state : context.keys.modules()) answer.modules->push_back(moduleView(state));
  addFileCollisions(*answer.modules);
  answer.layers.push_back(driverLayer(*answer.modules));
  addKeyLayers(context, answer);
  answer.layers.push_back(clockLayer(context, request));
  return answer;
}

}  // namespace sealferry::operation
