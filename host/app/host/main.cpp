// SPDX-License-Identifier: Apache-2.0
// sealferry-host: what browsers start. Frames on stdin and stdout, the log on stderr.
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "arguments.h"
#include "base/log.h"
#include "serve.h"
#include "service.h"

using namespace sealferry;

int main(int count, char** values) {
  const auto arguments = app::readArguments({values, static_cast<std::size_t>(count)});
  if (!arguments) {
    std::fputs("sealferry-host is started by a browser. For the terminal there is: sealferry doctor\n", stderr);
    return 2;
  }
  if (::isatty(STDIN_FILENO) != 0 || ::isatty(STDOUT_FILENO) != 0) {
    std::fputs("sealferry-host speaks to browsers only. For the terminal there is: sealferry doctor\n", stderr);
    return 2;
  }
  std::signal(SIGPIPE, SIG_IGN);  // NOLINT(bugprone-unused-return-value): a browser that is gone is seen by write()
  app::Serve serve(app::serviceFor(arguments->policyFile, app::browserHolder()));
  return serve.run();
}
