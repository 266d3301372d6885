// SPDX-License-Identifier: Apache-2.0
// sealferry-token MODULE_KIND MODULE_PATH [NAME=VALUE…]: loads one driver and answers the host on standard input and
// output. A process of its own because drivers crash, hang and print.
// sealferry-token watch SOURCE PATH [NAME=VALUE…]: waits until keys come or go and tells so. Neither is started by
// people.
#include <sys/prctl.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pcsc/readers.h"
#include "pkcs11/backend.h"
#include "skf/backend.h"
#include "worker/serve.h"
#include "worker/watch.h"
#ifdef SEALFERRY_DEV
#include "development.h"
#endif

namespace {

using namespace sealferry;
using namespace sealferry::token;

int refuse(const char* why) {
  std::fprintf(stderr, "sealferry-token: %s\n", why);
  return 64;  // EX_USAGE
}

#ifndef SEALFERRY_DEV
Result<std::unique_ptr<WriteObserver>> developmentObserver(std::span<char* const> arguments) {
  if (!arguments.empty()) return fail(ErrorCode::bad_request, "arguments");
  return std::unique_ptr<WriteObserver>{};
}
#endif

/// Takes the driver's options off the front.
std::vector<std::string> takeOptions(std::span<char* const>& arguments) {
  const auto end = std::ranges::find_if(
      arguments, [](std::string_view one) { return one.starts_with("--") || one.find('=') == std::string_view::npos; });
  std::vector<std::string> options(arguments.begin(), end);
  arguments = arguments.subspan(options.size());
  return options;
}

Result<std::unique_ptr<Backend>> makeSkf(const char* path, const std::vector<std::string>& options,
                                         WriteObserver* observer) {
  const auto setting = skfSetting(options);
  if (!setting) return passOn(setting);
  return skfBackend(path, *setting, observer);
}

Result<std::unique_ptr<Backend>> makePkcs11(const char* path, const std::vector<std::string>& options,
                                            WriteObserver* observer) {
  const auto setting = pkcs11Setting(options);
  if (!setting) return passOn(setting);
  return pkcs11Backend(path, *setting, observer);
}

/// The one list of backends: a kind and what makes it.
Result<std::unique_ptr<Backend>> makeBackend(std::string_view kind, const char* path,
                                             const std::vector<std::string>& options, WriteObserver* observer) {
  if (kind == "pkcs11") return makePkcs11(path, options, observer);
  if (kind == "skf") return makeSkf(path, options, observer);
  return fail(ErrorCode::no_driver, "kind");
}

Result<WaitForChange> waitForReaders() {
  auto readers = pcsc::Readers::load();
  if (!readers) return passOn(readers);
  return [kept = std::shared_ptr<pcsc::Readers>(std::move(*readers))]() -> Result<Waited> {
    const auto change = kept->wait();
    if (!change) return passOn(change);
    return *change == pcsc::Readers::Change::lost ? Waited::lost : Waited::changed;
  };
}

/// A driver's own wait tells that something changed, and nothing else.
Result<WaitForChange> waitIn(Result<std::function<Result<void>()>> events) {
  if (!events) return passOn(events);
  return [wait = std::move(*events)]() -> Result<Waited> {
    const auto waited = wait();
    if (!waited) return passOn(waited);
    return Waited::changed;
  };
}

Result<WaitForChange> waitForDevices(const char* path, const std::vector<std::string>& options) {
  const auto setting = skfSetting(options);
  if (!setting) return passOn(setting);
  return waitIn(skfDeviceEvents(path, *setting));
}

/// The one list of what can tell that keys came or went. A kind of driver without a row is asked now and then instead.
Result<WaitForChange> makeWait(std::string_view source, const char* path, const std::vector<std::string>& options) {
  if (source == "pcsc") return waitForReaders();
  if (source == "pkcs11") return waitIn(pkcs11SlotEvents(path));
  if (source == "skf") return waitForDevices(path, options);
  return fail(ErrorCode::no_driver, "source");
}

int watchMain(std::string_view source, const char* path, std::span<char* const> rest) {
  const auto options = takeOptions(rest);
  if (!rest.empty()) return refuse("unknown arguments");
  const auto pipe = takePipe();
  return watch(pipe, [&] { return makeWait(source, path, options); });
}

}  // namespace

int main(int count, char** values) {
  const std::span<char* const> arguments(values, static_cast<std::size_t>(count));
  if (arguments.size() < 3) return refuse("is started by sealferry-host");
  if (arguments[1] == std::string_view("watch"))
    return arguments.size() > 3 ? watchMain(arguments[2], arguments[3], arguments.subspan(4)) : 64;
  auto rest = arguments.subspan(3);
  const auto options = takeOptions(rest);
  const auto observer = developmentObserver(rest);
  if (!observer) return refuse("unknown arguments");
  prctl(PR_SET_DUMPABLE, 0);  // a driver that crashes leaves no image of memory with a PIN in it
  const auto pipe = takePipe();
  return serve(pipe, [&] { return makeBackend(arguments[1], arguments[2], options, observer->get()); });
}
