// SPDX-License-Identifier: Apache-2.0
#include "service.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <ctime>
#include <fstream>
#include <iterator>

#include "base/log.h"
#include "policy_file.h"
#include "profiles.h"
#include "version.h"

namespace sealferry::app {
namespace {

#if SEALFERRY_DEV
constexpr bool development = true;
#else
constexpr bool development = false;
#endif

std::optional<Bytes> contentOf(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return std::nullopt;
  return Bytes{std::istreambuf_iterator<char>(stream), {}};
}

/// What all files hold together. A file that cannot be read adds nothing and is named among the problems, so that
/// doctor can tell.
template <class Item>
void addAll(std::vector<Item>& to, const std::vector<std::filesystem::path>& files,
            Result<std::vector<Item>> (*read)(ByteView), policy::Policy& policy) {
  for (const auto& file : files) {
    const auto content = contentOf(file);
    const auto items =
        content ? read(*content) : Result<std::vector<Item>>(fail(ErrorCode::certificate_invalid, "read"));
    if (items) {
      to.insert(to.end(), items->begin(), items->end());
    } else {
      policy.problems.push_back(file.filename());
    }
  }
}

/// Roots of their own for seals and for orders; what says who was revoked is the same for both.
struct Trusted {
  trust::Anchors seal, order;
};

Trusted readTrusted(policy::Policy& policy) {
  Trusted out;
  addAll(out.seal.roots, policy.sealRoots, trust::readCertificates, policy);
  addAll(out.order.roots, policy.orderRoots, trust::readCertificates, policy);
  addAll(out.seal.crls, policy.crls, trust::readCrls, policy);
  addAll(out.seal.ocspResponses, policy.ocspResponses, trust::readOcspResponses, policy);
  out.order.crls = out.seal.crls;
  out.order.ocspResponses = out.seal.ocspResponses;
  return out;
}

std::vector<Bytes> pinnedSigners(const policy::Policy& policy) {
  std::vector<Bytes> signers;
  for (const auto& text : policy.orderSigners)
    if (auto digest = fromHex(text)) signers.push_back(std::move(*digest));
  return signers;
}

token::WorkerSetting workerSetting(const policy::Policy& policy, const token::Holder& holder) {
  token::WorkerSetting setting;
  setting.program = programFolder() / "sealferry-token";
  setting.developmentArguments = policy.development.workerArguments;
  setting.holder = holder;
  setting.rest = std::chrono::seconds(30);
  if (policy.development.callMilliseconds > 0)
    setting.callDeadline = std::chrono::milliseconds(policy.development.callMilliseconds);
  return setting;
}

operation::KeyRing keyRing(const policy::Policy& policy, const token::WorkerSetting& setting, const Closing* closing) {
  std::vector<operation::KeyRing::Driver> drivers;
  for (const auto& module : policy.modules)
    drivers.push_back({module.kind, module.path, module.events,
                       token::workerBackend({module.kind, module.path, module.options, profilesFor(policy, module)},
                                            setting, closing),
                       module.options});
  return operation::KeyRing(std::move(drivers));
}

std::unique_ptr<prompt::Window> windowFor(const policy::Policy& policy) {
#if SEALFERRY_DEV
  if (!policy.development.prompt.empty()) return prompt::scriptedWindow(policy.development.prompt);
#endif
  return prompt::pinentryWindow(policy.pinPrompt);
}

void startLog(const policy::Policy& policy) {
  using log::Level;
  log::setLevel(policy.logLevel == "error"     ? Level::error
                : policy.logLevel == "warning" ? Level::warning
                : policy.logLevel == "debug"   ? Level::debug
                                               : Level::info);
  if (policy.logPath.starts_with('/')) log::setFile(policy.logPath);
}

}  // namespace

Closing::Closing() : descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

Closing::~Closing() { ::close(descriptor_); }

void Closing::signal() const {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(descriptor_, &one, sizeof one);
}

bool Closing::signalled() const {
  pollfd wait{descriptor_, POLLIN, 0};
  return ::poll(&wait, 1, 0) == 1;
}

void Closing::clear() const {
  std::uint64_t count = 0;
  [[maybe_unused]] const auto got = ::read(descriptor_, &count, sizeof count);
}

Service serviceFor(const std::filesystem::path& policyFile, const token::Holder& holder) {
  auto policy = policy::loadPolicy(policyFile, development);
  startLog(policy);
  auto closing = std::make_unique<Closing>();
  auto trusted = readTrusted(policy);
  const auto folder = policy.development.userFolder.empty() ? userFolder() : policy.development.userFolder;
  const auto state = policy.development.userFolder.empty() ? stateFolder() : folder / "state";
  const auto offset = policy.development.clockOffset;
  const auto setting = workerSetting(policy, holder);
  auto keys = keyRing(policy, setting, closing.get());
  auto window = windowFor(policy);
  auto signers = pinnedSigners(policy);
  const auto largest = policy.documentMiB * 1024 * 1024;
  operation::Context context{std::move(policy),
                             policy::Sites(folder / "sites.json"),
                             std::move(keys),
                             operation::Documents(largest),
                             operation::Errands{},
                             document::processEngine(programFolder() / "sealferry-document"),
                             std::move(window),
                             prompt::userLanguage(),
                             [offset] { return static_cast<Time>(std::time(nullptr)) + offset; },
                             std::move(trusted.seal),
                             std::move(trusted.order),
                             std::move(signers),
                             {},
                             operation::PinCount(state / "pin-failures"),
                             operation::OrdersDone(state / "orders-done"),
                             std::string(version),
                             std::string(platform),
                             development ? "development" : "release"};
  return Service{std::move(closing), std::move(context),
                 [setting](const token::ModuleSetting& source) { return token::workerWatch(source, setting); }};
}

}  // namespace sealferry::app
