// SPDX-License-Identifier: Apache-2.0
// contract-several: two USB-KEYs at once behind one driver. What happens to one is nothing to the other.
#include <algorithm>
#include <cstdio>

#include "opensc.h"
#include "pkcs11/backend.h"
#include "renewal.h"
#include "worker_setting.h"

namespace {

using namespace sealferry;
using namespace sealferry::contract;

/// The key of the contract in the first reader, and another one, with the same key pairs, in the second.
struct TwoKeys {
  static constexpr unsigned first = OpenSc::reader, second = 1;
  OpenSc& key = OpenSc::instance();
  std::filesystem::path state = key.desk().folder() / "second.state";
  std::string serial{};

  TwoKeys() {
    require(key.desk().plug(second, state), "the second is plugged in");
    const auto& known = knownKeys();
    require(desk::initialise(key.desk(), second, "SECOND",
                             {{"01", "sign", "sign", known.rsa.toPem(), known.rsaCertificate}}),
            "the second is initialised");
  }
};

std::unique_ptr<Backend> backendOf(Way way) {
  if (way == Way::worker) return workerBackend({"pkcs11", OpenSc::module}, workerSetting());
  auto made = pkcs11Backend(OpenSc::module);
  return made ? std::move(*made) : nullptr;
}

std::vector<std::string> serials(Backend& backend) {
  std::vector<std::string> all;
  for (const auto& one : need(backend.keys(), "keys")) all.push_back(one.serial);
  return all;
}

std::unique_ptr<Session> enter(Backend& backend, const std::string& serial) {
  auto session = need(backend.open(serial), "open " + serial);
  need(session->login(pin(rightPin)), "login " + serial);
  return session;
}

void sign(Session& session) {
  const auto digest = soft::digestFor(SignatureScheme::rsaSha256, viewOf("text"));
  const auto signature = need(session.sign(Bytes{1}, SignatureScheme::rsaSha256, digest), "sign");
  expect(soft::verifies(knownKeys().rsa.publicKeyInfo(), SignatureScheme::rsaSha256, digest, signature), "verifies");
}

void write(Session& session, const std::string& name) {
  need(session.apply({.order = name, .put = {{name, pattern(20'000)}}}, {}), "write " + name);
  expect(need(session.readBlob(name), "read " + name) == pattern(20'000), "what was written");
}

void bothAtOnce(Backend& backend, const std::string& one, const std::string& two) {
  const auto a = enter(backend, one), b = enter(backend, two);
  write(*a, "of the first");
  write(*b, "of the second");
  expectError(a->readBlob("of the second"), ErrorCode::no_seal, "each has its own");
  expectError(b->readBlob("of the first"), ErrorCode::no_seal, "each has its own");
  sign(*a);
  sign(*b);
}

/// A wrong PIN at one is none at the other.
void ownPins(Backend& backend, const std::string& one, const std::string& two) {
  const auto a = need(backend.open(one), "open"), b = need(backend.open(two), "open");
  expectError(a->login(pin("000000")), ErrorCode::pin_incorrect, "wrong PIN at the first");
  expect(!need(b->info(), "info").pin.countLow, "the second knows nothing of it");
  need(b->login(pin(rightPin)), "login at the second");
  sign(*b);
  expect(!a->sign(Bytes{1}, SignatureScheme::rsaSha256, Bytes(32, 1)).has_value(), "the first is not logged in");
  need(a->login(pin(rightPin)), "login at the first");
}

void onePulled(TwoKeys& keys, Backend& backend, const std::string& one, const std::string& two) {
  auto& desk = keys.key.desk();
  const auto a = enter(backend, one);
  auto b = enter(backend, two);
  require(desk.pull(TwoKeys::second), "the second is pulled");
  expectError(b->info(), ErrorCode::key_removed, "the second");
  expect(serials(backend) == std::vector{one}, "the first is left");
  sign(*a);
  write(*a, "while the other is away");
  require(desk.plug(TwoKeys::second, keys.state), "the second is back");
  expect(serials(backend).size() == 2, "both are there");
  b = enter(backend, two);
  sign(*b);
  sign(*a);
  write(*b, "after it came back");
}

void run(Way way, TwoKeys& keys) {
  require(keys.key.reset(), "reset");
  const auto backend = backendOf(way);
  require(backend != nullptr, "backend");
  const auto one = keys.key.serial();
  auto all = serials(*backend);
  require(all.size() == 2, "two keys");
  std::erase(all, one);
  require(all.size() == 1, "with different serials");
  bothAtOnce(*backend, one, all[0]);
  ownPins(*backend, one, all[0]);
  onePulled(keys, *backend, one, all[0]);
}

}  // namespace

int main() {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  unsigned passed = 0, failed = 0;
  for (const auto way : {Way::direct, Way::worker}) {
    const auto before = failureCount();
    try {
      require(OpenSc::instance().reset(), "reset");
      static TwoKeys keys;
      run(way, keys);
    } catch (const Stop&) {
    }
    ++(failureCount() == before ? passed : failed);
  }
  std::printf("%u passed, %u failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}
