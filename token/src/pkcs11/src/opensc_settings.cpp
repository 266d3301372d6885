// SPDX-License-Identifier: Apache-2.0
#include "opensc_settings.h"

#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

namespace sealferry::token::pkcs11 {
namespace {

constexpr const char* variable = "OPENSC_CONF";
constexpr const char* inSession = "init_pin_in_so_session";

/// Where Debian's OpenSC looks, and where others' do. A file elsewhere is not guessed: it would be put out of force.
constexpr std::array<const char*, 3> usualPlaces{"/etc/opensc/opensc.conf", "/etc/opensc.conf",
                                                 "/etc/opensc-x86_64.conf"};

std::optional<std::string> contentOf(const char* path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>(file), {}};
}

std::optional<std::string> settings() {
  if (const char* chosen = std::getenv(variable)) return contentOf(chosen);
  for (const auto* place : usualPlaces)
    if (auto content = contentOf(place)) return content;
  return std::nullopt;
}

/// What counts: no comments, no blanks.
std::string bare(const std::string& content) {
  std::string text;
  bool comment = false;
  for (const char letter : content) {
    if (letter == '#') comment = true;
    if (letter == '\n') comment = false;
    const bool blank = letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n';
    if (!comment && !blank) text.push_back(letter);
  }
  return text;
}

OpenScUnblocking styleIn(const std::string& content) {
  if (content.find(inSession) != std::string::npos) return OpenScUnblocking::inSession;
  if (content.find("set_pin_in_unlogged_session") != std::string::npos) return OpenScUnblocking::instead;
  return OpenScUnblocking::unknown;
}

/// A block of ours would hide one that stands there already: the first that fits counts (sc_get_conf_block).
bool speaksOfTheModule(const std::string& content) {
  return content.find("opensc-pkcs11") != std::string::npos || content.find("pkcs11{") != std::string::npos;
}

/// In memory: no file is left behind, and none can be changed by others.
bool hand(const std::string& content) {
  const int file = memfd_create("opensc.conf", MFD_CLOEXEC);
  if (file < 0) return false;
  const bool whole = write(file, content.data(), content.size()) == static_cast<ssize_t>(content.size());
  const auto path = "/proc/" + std::to_string(getpid()) + "/fd/" + std::to_string(file);
  return whole && setenv(variable, path.c_str(), 1) == 0;
}

}  // namespace

OpenScUnblocking arrangeOpenScUnblocking() {
  const auto before = settings();
  if (!before) return OpenScUnblocking::unknown;
  const auto active = bare(*before);
  if (speaksOfTheModule(active)) return styleIn(active);
  const auto block = std::string("app opensc-pkcs11 { pkcs11 { user_pin_unblock_style = ") + inSession + "; } }\n";
  return hand(block + *before) ? OpenScUnblocking::inSession : OpenScUnblocking::unknown;
}

}  // namespace sealferry::token::pkcs11
