// SPDX-License-Identifier: Apache-2.0
// sealferry: the command line. The same operations as a page's, for help desks, scripts and tests.
#include <algorithm>
#include <csignal>
#include <cstdio>

#include "commands.h"
#include "prompt/words.h"
#include "version.h"

using namespace sealferry;

namespace {

void help() {
  const bool chinese = prompt::userLanguage() == prompt::Language::chinese;
  std::printf("SealFerry 印渡 %s\n\n", std::string(app::version).c_str());
  for (const auto& command : app::commandTable())
    std::printf("  sealferry %s %s\n      %s\n", std::string(command.name).c_str(), std::string(command.usage).c_str(),
                std::string(chinese ? command.chinese : command.english).c_str());
}

}  // namespace

int main(int count, char** values) {
  const auto options = app::readOptions(count, values);
  if (!options) return 2;
  if (options->help || options->command.empty() || options->command == "help") {
    help();
    return options->command.empty() && !options->help ? 2 : 0;
  }
  const auto table = app::commandTable();
  const auto command = std::ranges::find(table, options->command, &app::Command::name);
  if (command == table.end()) {
    std::fprintf(stderr, "sealferry: unknown command; see sealferry --help\n");
    return 2;
  }
  std::signal(SIGPIPE, SIG_IGN);  // NOLINT(bugprone-unused-return-value): nothing to restore
  return command->run(*options);
}
