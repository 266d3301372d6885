// SPDX-License-Identifier: Apache-2.0
#include "scenario.h"

#include "worker_setting.h"

namespace sealferry::contract {
namespace {

/// The same certificate before and after: only the seal is replaced.
Renewal sealAlone() {
  Renewal renewal;
  renewal.newCertificate = knownKeys().rsaCertificate;
  renewal.change.signCertificate.reset();
  renewal.target.signCertificate.reset();
  return renewal;
}

/// Too little for the new seal beside the old one.
constexpr std::uint64_t freeInPlace = 30'000;

Renewal allowedInPlace() {
  Renewal renewal;
  renewal.change.allowInPlace = true;
  return renewal;
}

Open enter() {
  auto& key = OpenSc::instance();
  Open one{workerBackend({"pkcs11", OpenSc::module}, workerSetting()), nullptr};
  one.session = need(one.backend->open(key.serial()), "open");
  need(one->login(pin(rightPin)), "login");
  return one;
}

void runUndisturbed(Scenario& scenario) {
  auto& key = OpenSc::instance();
  require(key.reset(), "reset");
  putOldSeal(*enter().session, scenario.renewal);
  std::filesystem::copy_file(key.stateFile(), scenario.before);
  if (scenario.inPlace) scenario.wishes = "limit " + std::to_string(key.state().bytesInFiles() + freeInPlace) + "\n";
  key.desk().control(OpenSc::reader, scenario.wishes);
  const auto session = enter();
  key.desk().clearLog(OpenSc::reader);
  need(session->apply(scenario.renewal.change, {}), "an undisturbed " + scenario.name);
  scenario.commands = key.desk().commands(OpenSc::reader);
  scenario.bytesAfter = key.state().bytesInFiles();
  require(shownSet(*session.session, scenario.renewal) == "new", "it shows the new set");
}

}  // namespace

std::vector<Scenario> scenarios(const Folder& folder) {
  std::vector<Scenario> all;
  all.push_back({"seal", sealAlone(), folder.path() / "seal.state"});
  all.push_back({"certificate and seal", Renewal{}, folder.path() / "renewal.state"});
  all.push_back({"in place", allowedInPlace(), folder.path() / "place.state"});
  all.back().inPlace = true;
  for (auto& scenario : all) runUndisturbed(scenario);
  return all;
}

}  // namespace sealferry::contract
