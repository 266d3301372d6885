// SPDX-License-Identifier: Apache-2.0
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>

#include "document/findings.h"
#include "document/words.h"
#include "hostile.h"
#include "pdf/stamp.h"

using namespace sealferry;

namespace {

int fileOf(const std::uint8_t* data, std::size_t size) {
  const int descriptor = ::memfd_create("document", MFD_CLOEXEC);
  const bool written = descriptor >= 0 && ::write(descriptor, data, size) == static_cast<ssize_t>(size);
  promise(written, "the input can be written");
  return descriptor;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr Time at = 1'795'334'400;
  const int descriptor = fileOf(data, size);
  const auto findings = pdf::examine(descriptor);
  ::close(descriptor);
  if (!findings) return 0;
  const auto report = document::reportOn(*findings, {}, at);
  promise(report.intact == (report.verdict == "valid" || report.verdict == "valid-with-note"), "intact or not");
  for (const auto& one : report.signatures) {
    promise(one.trust != "trusted", "without roots nobody is trusted");
    promise(!one.coversWholeFile || one.changesAfter.empty(), "nothing comes after the end");
    for (const auto& change : one.changesAfter)
      promise(document::wordsOf(change.reason) != nullptr, "every change has words");
  }
  return 0;
}
