// SPDX-License-Identifier: Apache-2.0
// The host's side when the worker is not as it should be.
#include <doctest/doctest.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "scene.h"

using namespace sealferry;
using namespace sealferry::token;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

ErrorCode codeWith(const char* program, std::vector<std::string> arguments = {}) {
  const auto backend = workerBackend({"pkcs11", "/no/such/driver.so"}, {program, 500ms, std::move(arguments)});
  const auto keys = backend->keys();
  return keys ? ErrorCode{} : keys.error().code;
}

class Event : public Interrupt {
 public:
  Event() : file_(eventfd(0, EFD_CLOEXEC)) {}
  ~Event() override { close(file_); }
  int descriptor() const override { return file_; }
  void raise() const { CHECK(eventfd_write(file_, 1) == 0); }
  void clear() const {
    eventfd_t value = 0;
    CHECK(eventfd_read(file_, &value) == 0);
  }

 private:
  int file_;
};

using test::FakeKey;

}  // namespace

TEST_CASE("programs that are no worker") {
  CHECK(codeWith("/no/such/program") == ErrorCode::internal);
  CHECK(codeWith("/bin/true") == ErrorCode::module_crashed);     // ends at once
  CHECK(codeWith("/usr/bin/yes") == ErrorCode::module_crashed);  // says what is no frame
}

TEST_CASE("a driver that is not there, and arguments the worker does not know") {
  CHECK(codeWith(SEALFERRY_WORKER) == ErrorCode::no_driver);
  CHECK(codeWith(SEALFERRY_WORKER, {"--no-such"}) == ErrorCode::module_crashed);
}

TEST_CASE("an interrupted call answers at once, and no second worker touches the key before the first has gone") {
  const FakeKey key;
  const Event event;
  const auto backend = workerBackend({"pkcs11", SEALFERRY_FAKE_MODULE}, {SEALFERRY_WORKER, 60s, {}}, &event);
  REQUIRE(backend->keys());
  key.store->setScript("C_GetTokenInfo 1 hang");
  std::thread later([&] {
    std::this_thread::sleep_for(200ms);
    event.raise();
  });
  auto began = Clock::now();
  const auto keys = backend->keys();
  later.join();
  REQUIRE_FALSE(keys);
  CHECK(keys.error().code == ErrorCode::cancelled);
  CHECK(Clock::now() - began < 2s);
  key.store->setScript("");
  began = Clock::now();
  const auto still = backend->keys();  // the interrupt is still raised: it does not wait for the old worker
  CHECK_FALSE(still);
  CHECK(Clock::now() - began < 2s);
  event.clear();
  began = Clock::now();
  CHECK(backend->keys());
  CHECK(Clock::now() - began > 5s);  // the hung worker's ten seconds
  CHECK(Clock::now() - began < 13s);
}

TEST_CASE(
    "a driver that does not answer is left alone for a while, whatever it was asked; the first answer ends that") {
  for (const auto* where : {"C_GetSlotList", "C_OpenSession", "C_FindObjectsInit"}) {
    CAPTURE(where);
    const FakeKey key;
    WorkerSetting setting{SEALFERRY_WORKER, 3s, {}};
    setting.rest = 60s;
    const auto backend = workerBackend({"pkcs11", SEALFERRY_FAKE_MODULE}, setting);
    REQUIRE(backend->keys());  // loading may take its time
    key.store->setScript(std::string(where) + " 1 hang");
    const auto use = [&]() -> Result<void> {
      if (const auto keys = backend->keys(); !keys) return passOn(keys);
      const auto session = backend->open(FakeKey::serial);
      if (!session) return passOn(session);
      const auto certificates = (*session)->certificates();
      if (!certificates) return passOn(certificates);
      return {};
    };
    const auto failed = use();
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == ErrorCode::module_hung);
    key.store->setScript("");
    const auto began = Clock::now();
    for (int i = 0; i < 3; ++i) {
      CHECK(backend->keys().error().code == ErrorCode::module_hung);
      CHECK(backend->open(FakeKey::serial).error().code == ErrorCode::module_hung);
      CHECK(backend->module().error().detail.contains("module"));
    }
    CHECK(Clock::now() - began < 1s);
    backend->reload();
    CHECK(use());
  }
}

TEST_CASE("a driver that crashes as it is loaded is left alone as well, until its file is another or it is asked for") {
  const FakeKey key;
  const auto module = key.folder / "driver.so";
  std::filesystem::copy_file(SEALFERRY_FAKE_MODULE, module);
  WorkerSetting setting{SEALFERRY_WORKER, 20s, {}};
  setting.rest = 60s;
  const auto backend = workerBackend({"pkcs11", module}, setting);
  const auto crashes = [&] {
    const auto keys = backend->keys();
    return !keys && keys.error().code == ErrorCode::module_crashed && keys.error().detail.contains("module");
  };
  key.store->setScript("C_Initialize 1 crash");  // in each process
  CHECK(crashes());
  key.store->setScript("");
  CHECK(crashes());
  CHECK(backend->open(FakeKey::serial).error().code == ErrorCode::module_crashed);
  std::filesystem::last_write_time(module, std::filesystem::last_write_time(module) + 1h);
  CHECK(backend->keys());
  key.store->setScript("C_GetSlotList 1 crash");
  CHECK(crashes());  // not as it was loaded: another worker is worth a try
  key.store->setScript("C_Initialize 1 crash");
  CHECK(crashes());
  key.store->setScript("");
  CHECK(crashes());
  backend->reload();
  CHECK(backend->keys());
}

TEST_CASE("a driver that hangs when a session is closed is not waited for, and works again") {
  const FakeKey key;
  WorkerSetting setting{SEALFERRY_WORKER, 20s, {}};
  setting.rest = 60s;
  const auto backend = workerBackend({"pkcs11", SEALFERRY_FAKE_MODULE}, setting);
  auto session = backend->open(FakeKey::serial).value();
  REQUIRE(session->certificates());
  key.store->setScript("C_CloseSession 1 hang");
  const auto began = Clock::now();
  session.reset();
  CHECK(Clock::now() - began < 10s);
  key.store->setScript("");
  CHECK(backend->open(FakeKey::serial));
}
