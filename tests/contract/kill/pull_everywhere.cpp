// SPDX-License-Identifier: Apache-2.0
#include "pull_everywhere.h"

#include <cstdio>
#include <functional>

#include "dual.h"
#include "soft_skf.h"
#include "token_profile/samples.h"
#include "worker_setting.h"

namespace sealferry::contract {
namespace {

/// A change, what is there before it, and what the key shows of either.
struct Scene {
  std::string name;
  Change first, change;
  std::function<std::string(Session&)> shown;
  std::vector<StorageProfile> profiles{};
  unsigned sparser = 1;  ///< how much sparser than the others it is sampled
};

class Sweep {
 public:
  Sweep(SoftSkf& key, const Scene& scene, std::mt19937& random, Tally& tally)
      : key_(key), scene_(scene), random_(random), tally_(tally) {}

  /// How many calls the whole change takes.
  std::size_t calls() {
    const auto opened = begin();
    const auto before = key_.calls().size();
    if (!opened.session || !opened.session->apply(scene_.change, {})) return 0;
    return key_.calls().size() - before;
  }

  void breakOff(const std::string& how, std::size_t call) {
    const auto where = scene_.name + ": " + how + " at call " + std::to_string(call);
    {
      const auto opened = begin();
      if (!opened.session) return tally_.check(false, where + ": prepared");
      key_.misbehave("* " + std::to_string(call) + " " + how);
      const auto outcome = opened.session->apply(scene_.change, {});
      // At the very end the change may be whole before the last call is answered.
      tally_.check(outcome || isTold(how, outcome.error().code), where + ": the error is told");
    }
    mend();
    if (random_() % 3 == 0) breakRecovery(where);
    finish(where);
  }

  /// Both sets were left at some call, or the sweep was none.
  void expectBoth() {
    std::printf("  left %u times the old set, %u times the new one\n", old_, new_);
    tally_.check(old_ > 0 && new_ > 0, scene_.name + ": both sets were seen");
  }

 private:
  struct Opened {
    std::unique_ptr<Backend> backend;
    std::unique_ptr<Session> session;
  };

  Opened open() const {
    Opened opened{workerBackend({"skf", SoftSkf::library, {}, scene_.profiles}, workerSetting()), nullptr};
    auto session = opened.backend->open(SoftSkf::serial);
    if (session) opened.session = std::move(*session);
    return opened;
  }

  Opened begin() {
    require(key_.reset(), "reset");
    auto opened = open();
    if (!opened.session || !opened.session->login(pin(rightPin)) || !opened.session->apply(scene_.first, {}))
      opened.session.reset();
    return opened;
  }

  /// A mere failure may be taken for whatever the call was asked for, but not for the end of the driver.
  static bool isTold(const std::string& how, ErrorCode code) {
    const bool crashed = code == ErrorCode::module_crashed || code == ErrorCode::module_hung;
    if (how == "kill") return crashed;
    return how == "error" ? !crashed : code == ErrorCode::key_removed;
  }

  void mend() {
    key_.misbehave("");
    key_.device().plug();
  }

  /// The change is begun again and broken off once more, wherever that is.
  void breakRecovery(const std::string& where) {
    {
      const auto opened = open();
      if (!opened.session || !opened.session->login(pin(rightPin))) return tally_.check(false, where + ": login");
      key_.misbehave("* " + std::to_string(1 + random_() % 60) + (random_() % 2 == 0 ? " pull-after" : " kill"));
      (void)opened.session->apply(scene_.change, {});
    }
    mend();
  }

  void finish(const std::string& where) {
    const auto opened = open();
    if (!opened.session) return tally_.check(false, where + ": open");
    const auto shown = scene_.shown(*opened.session);
    tally_.check(shown == "old" || shown == "new", where + ": shows " + shown);
    ++(shown == "old" ? old_ : new_);
    if (!opened.session->login(pin(rightPin))) return tally_.check(false, where + ": login");
    const auto done = opened.session->apply(scene_.change, {});
    tally_.check(done.has_value(), where + ": the same change finishes" +
                                       (done ? "" : ", not " + std::string(errorRow(done.error().code).name)));
    const auto pending = opened.session->pending();
    const bool clean = pending && !pending->has_value() && filesLeft() == filesOfWhole_;
    tally_.check(scene_.shown(*opened.session) == "new" && clean, where + ": finished and clean");
  }

  std::size_t filesLeft() const {
    const auto files = key_.device().files(SoftSkf::application);
    return files ? files->size() : 0;
  }

 public:
  /// What a change that was never broken off leaves.
  void measure() { filesOfWhole_ = filesLeft(); }

 private:
  SoftSkf& key_;
  const Scene& scene_;
  std::mt19937& random_;
  Tally& tally_;
  unsigned old_ = 0, new_ = 0;
  std::size_t filesOfWhole_ = 0;
};

std::string sealOnly(Session& session, const Renewal& renewal) {
  const auto seal = session.readBlob("seal");
  const auto blobs = session.blobs();
  if (!seal || !blobs || blobs->size() != 1) return "unreadable";
  return *seal == renewal.oldSeal ? "old" : *seal == renewal.newSeal ? "new" : "mixed";
}

/// What the key shows where a vendor's files are the seals, or keep their pictures.
std::string shelfOnly(Session& session, const StorageProfile& form, const Blob& first, const Blob& second) {
  const auto blobs = session.blobs();
  if (!blobs || blobs->size() != (keepsSeal(form.encoding) ? 1 : 2)) return "unreadable";
  std::string shown;
  for (const auto& info : *blobs) {
    const auto content = session.readBlob(info.name);
    if (!content) return "unreadable";
    const auto is = [&](const Blob& blob) { return *content == (info.picture ? blob.face->picture : blob.content); };
    const auto one = is(first) ? "old" : is(second) ? "new" : "mixed";
    if (!shown.empty() && shown != one) return "mixed";
    shown = one;
  }
  return shown;
}

/// One in each form, of a fixed size and not.
std::vector<Scene> vendorScenes(bool all) {
  std::vector<Scene> scenes;
  const auto first = profile::sampleBlob("seal", 1), second = profile::sampleBlob("seal", 2);
  for (const auto encoding : profile::allEncodings) {
    auto form = profile::profileOf(encoding, encoding == SealEncoding::base64Picture ? 15U * 1024 : 0);
    form.mayWrite = true;
    scenes.push_back({"vendor's form " + std::to_string(static_cast<int>(encoding)),
                      {.order = "first", .put = {first}},
                      {.order = "second", .put = {second}, .replaces = {sha256(first.content)}},
                      [=](Session& session) { return shelfOnly(session, form, first, second); },
                      {form},
                      all ? 1U : 3U});
  }
  return scenes;
}

void sweep(SoftSkf& key, const Scene& scene, unsigned stride, std::mt19937& random, Tally& tally) {
  stride *= scene.sparser;
  Sweep one(key, scene, random, tally);
  const auto calls = one.calls();
  one.measure();
  std::printf("soft SKF, %s: %zu SKF calls, every %s\n", scene.name.c_str(), calls,
              stride == 1 ? "one" : std::to_string(stride).c_str());
  tally.check(calls >= 20, scene.name + ": the call log");
  for (const auto* how : {"pull", "pull-after", "kill", "error"})
    for (std::size_t call = 1 + random() % stride; call <= calls; call += stride) one.breakOff(how, call);
  one.expectBoth();
}

}  // namespace

void pullSkfEverywhere(unsigned stride, std::mt19937& random, Tally& tally) {
  SoftSkf key;
  const Renewal renewal;
  const Dual dual;
  const Change oldSeal{.order = "first", .put = {{"seal", renewal.oldSeal}}};
  const Change newSeal{.order = "second", .put = {{"seal", renewal.newSeal}}, .replaces = {sha256(renewal.oldSeal)}};
  sweep(key, {"seal", oldSeal, newSeal, [&](Session& session) { return sealOnly(session, renewal); }}, stride, random,
        tally);
  sweep(key, {"dual certificates", dual.first, dual.change, [&](Session& session) { return shownSet(session, dual); }},
        stride, random, tally);
  for (const auto& scene : vendorScenes(stride == 1)) sweep(key, scene, stride, random, tally);
}

}  // namespace sealferry::contract
