// SPDX-License-Identifier: Apache-2.0
// contract-profiles: seals where a vendor's tools look for them, in each form of tests/profiles, over SKF files and
// PKCS#11 objects, direct and through the worker. The vendor's side is looked at without our own code.
#include <cstdio>

#include "profile/match.h"
#include "vendor.h"

namespace {

using namespace sealferry;
using namespace sealferry::contract;

struct Scene {
  VendorKey& key;
  StorageProfile form;
  Blob first = sampleBlob("seal", 1), second = sampleBlob("seal", 2);
  Change put{.order = "first", .put = {first}};
  Change renewal{.order = "second", .put = {second}, .replaces = {sha256(first.content)}};

  Open open() const {
    Open opened{key.backend(), nullptr};
    opened.backend->setProfiles({form});
    opened.session = need(opened.backend->open(key.serial()), "open");
    return opened;
  }
  Open loggedIn() const {
    auto opened = open();
    need(opened->login(pin(rightPin)), "login");
    return opened;
  }
  std::string place() const { return placesOf(form).front(); }
};

Bytes kept(const StorageProfile& form, const Blob& blob) {
  return keepsSeal(form.encoding) ? blob.content : blob.face->picture;
}

void vendorSees(const Scene& scene, const Blob& blob, const std::string& when) {
  const auto file = scene.key.look(scene.place());
  require(file.has_value(), when + ": the vendor's tool finds its file");
  if (scene.form.fixedBytes > 0) expect(file->size() == scene.form.fixedBytes, when + ": of its size");
  const auto content = decode(scene.form, *file);
  require(content && content->seals.size() == 1, when + ": one seal in it");
  expect(content->seals[0].content() == kept(scene.form, blob), when + ": the seal");
}

bool lists(Session& session, const Bytes& content, const std::string& profile) {
  for (const auto& info : need(session.blobs(), "blobs"))
    if (info.sha256 == sha256(content) && info.profile == profile)
      return need(session.readBlob(info.name), "readBlob") == content;
  return false;
}

void writesAndReplaces(const Scene& scene) {
  const auto key = scene.loggedIn();
  const auto layout = need(key->layout(), "layout");
  expect(layout.writable && layout.profile == scene.form.name, "written through the profile");
  expect(layout.wantsFaces == !keepsSeal(scene.form.encoding), "faces are asked for where pictures are kept");
  need(key->apply(scene.put, {}), "apply");
  vendorSees(scene, scene.first, "written");
  expect(lists(*key.session, kept(scene.form, scene.first), scene.form.name), "read under the profile's name");
  const auto objects = scene.key.objects();
  need(key->apply(scene.renewal, {}), "renew");
  vendorSees(scene, scene.second, "replaced");
  expect(lists(*key.session, kept(scene.form, scene.second), scene.form.name), "the new one is read");
  expect(!lists(*key.session, kept(scene.form, scene.first), scene.form.name), "the old one is gone");
  expect(scene.key.objects() == objects, "nothing is left behind");
  const ChangeTarget target{.order = "second", .blobs = {sha256(scene.second.content)}};
  expect(need(key->changeState(target), "state") == ChangeState::done, "done");
  need(key->apply(scene.renewal, [](auto, auto, auto) { expect(false, "nothing is written twice"); }), "again");
  expect(!need(key->pending(), "pending").has_value(), "no journal is left");
}

void readsTheVendors(const Scene& scene) {
  const auto seal = keepsSeal(scene.form.encoding) ? asSeal(sampleSeal(700, 99)) : asPicture("旧章");
  require(scene.key.put(scene.place(), need(encode(scene.form, {seal}), "encode")), "the vendor's tool writes");
  expect(lists(*scene.open().session, seal.content(), scene.form.name), "read without a PIN");
  const auto key = scene.loggedIn();
  const Change change{.order = "1", .put = {scene.first}, .replaces = {sha256(seal.content())}};
  need(key->apply(change, {}), "replaced by its digest");
  vendorSees(scene, scene.first, "afterwards");
}

void neverWritesWhatIsNotNamed(Scene scene) {
  scene.form.mayWrite = false;
  const auto seal = keepsSeal(scene.form.encoding) ? asSeal() : asPicture();
  require(scene.key.put(scene.place(), need(encode(scene.form, {seal}), "encode")), "the vendor's tool writes");
  const auto file = scene.key.look(scene.place());  // OpenSC's tool cuts long files
  const auto objects = scene.key.objects();
  const auto key = scene.loggedIn();
  expect(lists(*key.session, seal.content(), scene.form.name), "it is read");
  const auto layout = need(key->layout(), "layout");
  expect(!layout.writable && layout.reason == "notNamed", "not named: " + layout.reason);
  expectError(key->apply(scene.put, {}), ErrorCode::layout_unknown, "apply");
  expect(scene.key.look(scene.place()) == file && scene.key.objects() == objects, "nothing was touched");
  expect(!need(key->certificates(), "certificates").empty(), "certificates are read all the same");
}

void neverWritesWhatNobodyExplains(const Scene& scene) {
  const auto key = scene.loggedIn();
  require(scene.key.put("VENDORPIC", samplePicture()), "the vendor's tool writes");
  const auto layout = need(key->layout(), "layout");
  expect(!layout.writable && layout.reason == "unexplained", "unexplained: " + layout.reason);
  expectError(key->apply(scene.put, {}), ErrorCode::layout_unknown, "apply");
  expect(!scene.key.look(scene.place()).has_value(), "nothing was written");
}

struct Case {
  const char* name;
  void (*run)(const Scene&);
};
constexpr Case cases[] = {
    {"written and replaced where the vendor's tools look", writesAndReplaces},
    {"a seal of the vendor's own", readsTheVendors},
    {"not named: read, never written", [](const Scene& scene) { neverWritesWhatIsNotNamed(scene); }},
    {"unexplained: never written", neverWritesWhatNobodyExplains}};

bool passes(VendorKey& key, const StorageProfile& form, const Case& one) {
  const auto before = failureCount();
  try {
    require(key.reset(), "reset");
    one.run(Scene{key, form});
  } catch (const Stop&) {
  }
  return failureCount() == before;
}

}  // namespace

int main() {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  isolateLocks();
  unsigned passed = 0, failed = 0;
  for (const auto way : {Way::direct, Way::worker})
    for (const auto& make : {softSkfVendor, fakeModuleVendor, softHsmVendor}) {
      const auto key = make(way);
      for (const auto* name : testProfiles)
        for (const auto& one : cases) {
          const bool good = passes(*key, testProfile(name, true), one);
          ++(good ? passed : failed);
          if (!good)
            std::printf("FAILED %s%s, %s: %s\n", key->name().c_str(), way == Way::worker ? ", worker" : "", name,
                        one.name);
        }
    }
  std::printf("%u passed, %u failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}
