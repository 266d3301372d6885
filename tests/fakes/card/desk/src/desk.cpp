// SPDX-License-Identifier: Apache-2.0
#include "desk/desk.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "free_ports.h"
#include "log_watch.h"
#include "presence.h"
#include "process.h"

namespace sealferry::desk {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto patience = 10s;
constexpr const char* driver = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";
constexpr const char* readerBase = "Virtual PCD 00 0";

void writeFile(const fs::path& path, std::string_view text) {
  auto fresh = path;
  fresh += ".new";
  std::ofstream(fresh, std::ios::binary) << text;
  fs::rename(fresh, path);
}

std::string hexadecimal(std::uint16_t port) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "0x%X", static_cast<unsigned>(port));
  return text.data();
}

/// Two slots of one reader listen at this port and the next. The names are as this pcscd sees them: the folder is its
/// root.
void writeReaders(const fs::path& folder, std::uint16_t port) {
  fs::create_directories(folder / "readers");
  writeFile(folder / "readers" / "vpcd", "FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:" + hexadecimal(port) +
                                             "\nLIBPATH " + std::string(driver) + "\nCHANNELID " + hexadecimal(port) +
                                             "\n");
}

std::string contentOf(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The number in `name = 123`, wherever that stands first.
void setNumber(std::string& text, std::string_view name, std::string_view number) {
  constexpr const char* digits = "0123456789";
  const auto at = text.find(name);
  const auto from = at == std::string::npos ? at : text.find_first_of(digits, at + name.size());
  if (from == std::string::npos) return;
  text.replace(from, text.find_first_not_of(digits, from) - from, number);
}

/// OpenSC's own profile for this kind of card, with directories that hold more than three objects: as a CA would have
/// it that keeps seals on the key.
void writeProfile(const fs::path& folder) {
  auto text = contentOf("/usr/share/opensc/isoApplet.profile");
  setNumber(text, "cdf-size", "2048");
  setNumber(text, "prkdf-size", "1024");
  setNumber(text, "pukdf-size", "1024");
  setNumber(text, "dodf-size", "4096");
  fs::create_directories(folder / "profiles");
  writeFile(folder / "profiles/isoApplet.profile", text);
  fs::copy_file("/usr/share/opensc/pkcs15.profile", folder / "profiles/pkcs15.profile",
                fs::copy_options::overwrite_existing);
}

/// As with a reader that takes extended APDUs (vpcd does, but cannot say so): OpenSC then replaces each of its
/// directories on the key by one command. In pieces of 255 bytes a pulled key would be left with a torn one.
void writeOpenScSettings(const fs::path& folder) {
  const auto profiles = (folder / "profiles").string();
  writeFile(folder / "opensc.conf",
            "app default {\n  debug = 0;\n  profile_dir = \"" + profiles +
                "\";\n  reader_driver pcsc {\n    max_send_size = 65535;\n    max_recv_size = 65536;\n  }\n"
                "  framework pkcs15 {\n    use_file_caching = no;\n  }\n}\n");
}

/// The programs and libraries this pcscd needs, copied below the folder that will be its root. There it finds no other
/// driver and no real reader.
bool furnish(const fs::path& folder) {
  constexpr const char* script =
      "set -e\n"
      "pcscd=$(command -v pcscd)\n"
      // glibc loads this one only when a thread ends.
      "gcc=$(ldd \"$pcscd\" | sed -n 's/.*[ \t]\\(\\/[^ ]*\\)libc\\.so\\.6 .*/\\1libgcc_s.so.1/p')\n"
      "for file in \"$pcscd\" \"$gcc\" \"$(command -v setpriv)\" \"$2\"; do\n"
      "  for needed in \"$file\" $(ldd \"$file\" | sed -n 's/.*[ \t]\\(\\/[^ ]*\\) (0x.*/\\1/p'); do\n"
      "    mkdir -p \"$1${needed%/*}\"\n"
      "    cp -L \"$needed\" \"$1$needed\"\n"
      "  done\n"
      "done\n"
      "mkdir -p \"$1/run/pcscd\" \"$1/dev\"\n"
      ": > \"$1/dev/null\"\n";  // vpcd is named after it, and does not open it
  auto copying = Process::start({"sh", "-c", script, "sh", folder.string(), driver}, folder / "furnish.log");
  return copying.wait(patience) == 0;
}

/// A root folder of its own instead of a mount namespace: that would need a root that is a mount point, and in the
/// chroot of a bare system it is none.
std::vector<std::string> pcscdCommand(const fs::path& folder) {
  std::vector<std::string> command{"unshare", "--root", folder.string(), "--wd", "/"};
  if (geteuid() != 0) command.insert(command.begin() + 1, "--map-root-user");
  const std::vector<std::string> rest{"setpriv",      "--pdeathsig", "TERM",     "pcscd",
                                      "--foreground", "--info",      "--config", "/readers"};
  command.insert(command.end(), rest.begin(), rest.end());
  return command;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace

struct Desk::Parts {
  fs::path folder;
  std::uint16_t port = 0;
  Process pcscd{};
  std::array<Process, readers> cards{};

  fs::path file(const char* what, unsigned reader) const { return folder / (what + std::to_string(reader)); }

  bool startPcscd() {
    const auto free = twoFreePorts();
    if (!free) return false;
    port = *free;
    writeReaders(folder, port);
    const auto log = folder / "pcscd.log";
    writeFile(log, "");
    pcscd = Process::start(pcscdCommand(folder), log);
    const auto text = awaitText(log, patience, [](std::string_view so) {
      return contains(so, "daemon ready") || contains(so, "not permitted") || contains(so, "at_exit");
    });
    return contains(text, "daemon ready") && !contains(text, "Could not initialize connection");
  }
};

Desk::Desk(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Desk::~Desk() {
  for (auto& card : parts_->cards) card.end();
  parts_->pcscd.end(5s);
}

std::unique_ptr<Desk> Desk::start(const fs::path& folder) {
  auto parts = std::make_unique<Parts>();
  parts->folder = folder;
  std::error_code problem;
  fs::create_directories(folder / "cache", problem);
  writeProfile(folder);
  writeOpenScSettings(folder);
  const bool furnished = !problem && furnish(folder);
  for (int attempt = 0; attempt < 3 && furnished; ++attempt) {  // somebody else may take the ports in between
    if (parts->startPcscd()) return std::unique_ptr<Desk>(new Desk(std::move(parts)));
    parts->pcscd.end(5s);
  }
  std::fprintf(stderr,
               "pcscd did not start; see %s (are pcscd, vsmartcard-vpcd and util-linux installed, and may this "
               "user change the root folder?)\n",
               (folder / "pcscd.log").c_str());
  std::ifstream log(folder / "pcscd.log");
  for (std::string line; std::getline(log, line);) std::fprintf(stderr, "  %s\n", line.c_str());
  return nullptr;
}

std::vector<std::pair<std::string, std::string>> Desk::environment() const {
  return {{"PCSCLITE_CSOCK_NAME", (folder() / "run/pcscd/pcscd.comm").string()},
          {"OPENSC_CONF", (folder() / "opensc.conf").string()},
          {"XDG_CACHE_HOME", (folder() / "cache").string()}};
}

void Desk::enter() const {
  for (const auto& [name, value] : environment()) setenv(name.c_str(), value.c_str(), 1);
}

bool Desk::plug(unsigned reader, const fs::path& state) {
  clearLog(reader);
  parts_->cards.at(reader) =
      Process::start({SEALFERRY_CARD, "--port", std::to_string(port(reader)), "--state", state.string(), "--control",
                      parts_->file("control-", reader).string(), "--log", parts_->file("commands-", reader).string()},
                     parts_->file("card-log-", reader));
  return awaitCard(readerName(reader), true, patience);
}

bool Desk::pull(unsigned reader) {
  parts_->cards.at(reader).end();
  return awaitCard(readerName(reader), false, patience);
}

bool Desk::awaitPulled(unsigned reader) {
  (void)parts_->cards.at(reader).wait(patience);
  return pull(reader);
}

void Desk::stopService() {
  for (auto& card : parts_->cards) card.end();
  parts_->pcscd.end(5s);
}

bool Desk::startService() { return parts_->startPcscd(); }

bool Desk::isPlugged(unsigned reader) { return parts_->cards.at(reader).running(); }

void Desk::control(unsigned reader, const std::string& wishes) const {
  writeFile(parts_->file("control-", reader), wishes);
}

std::vector<std::uint8_t> Desk::commands(unsigned reader) const {
  std::vector<std::uint8_t> all;
  std::ifstream log(parts_->file("commands-", reader));
  for (std::string line; std::getline(log, line);)
    if (const auto number = fromHex(line); number && number->size() == 1) all.push_back(number->front());
  return all;
}

void Desk::clearLog(unsigned reader) const {
  std::ofstream(parts_->file("commands-", reader), std::ios::trunc);  // the card appends
}

const fs::path& Desk::folder() const { return parts_->folder; }
std::string Desk::readerName(unsigned reader) const { return readerBase + std::to_string(reader); }
std::uint16_t Desk::port(unsigned reader) const { return static_cast<std::uint16_t>(parts_->port + reader); }

}  // namespace sealferry::desk
