// SPDX-License-Identifier: Apache-2.0
#include "pcsc/readers.h"

#include <algorithm>
#include <string>
#include <vector>

#include "call.h"
#include "library.h"
#include "service.h"

namespace sealferry::token::pcsc {
namespace {

/// pcsc-lite's pseudo reader: it changes when a reader comes or goes.
constexpr const char* plugAndPlay = "\\\\?PnP?\\Notification";

/// Between listing the readers and waiting, one may come that the pseudo reader does not tell of: so often they are
/// listed anew. No key waits for that longer than a minute, and the processor notices nothing of it.
constexpr DWORD waitMilliseconds = 60'000;

constexpr std::size_t mostReaders = 32, mostListBytes = 16 * 1024;

struct Reader {
  std::string name;
  DWORD state = SCARD_STATE_UNAWARE;
};

/// The same as far as keys go: flags, and the count of events that pcsc-lite keeps in the upper half. Whether a program
/// talks to a key is nothing to us.
bool isSame(const Reader& one, const Reader& other) {
  constexpr auto use = static_cast<DWORD>(SCARD_STATE_INUSE | SCARD_STATE_EXCLUSIVE);
  return one.name == other.name && (one.state & ~use) == (other.state & ~use);
}

class ServiceReaders : public Readers {
 public:
  explicit ServiceReaders(const Library& library) : library_(library) {}
  ~ServiceReaders() override { disconnect(); }

  Result<Change> wait() override {
    for (;;) {
      if (!context_) {
        const auto connected = connect();
        if (!connected) return passOn(connected);
        if (*connected) return Change::readers;
        continue;
      }
      switch (waitForReaders()) {
        case Outcome::done:
          return Change::readers;
        case Outcome::quiet:
          continue;
        default:
          disconnect();
          return Change::lost;
      }
    }
  }

  /// True once there is a connection whose readers are known; false if it has to be tried again.
  Result<bool> connect() {
    SCARDCONTEXT context = 0;
    const auto status = library_.establish(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context);
    if (outcomeOf(status) == Outcome::noService) {
      waitForService();
      return false;
    }
    if (outcomeOf(status) != Outcome::done) return tl::unexpected<Error>(errorOf("SCardEstablishContext", status));
    context_ = context;
    known_.clear();
    const bool seen = look() != Outcome::noService;
    if (!seen) disconnect();
    return seen;
  }

 private:
  void disconnect() {
    if (context_) (void)library_.release(*context_);
    context_.reset();
  }

  Outcome list(std::vector<Reader>& readers) {
    std::string names(mostListBytes, '\0');
    DWORD size = mostListBytes;
    const auto status = library_.list(*context_, nullptr, names.data(), &size);
    if (outcomeOf(status) == Outcome::readersMoved) return Outcome::done;  // there is none
    if (outcomeOf(status) != Outcome::done) return outcomeOf(status);
    names.resize(std::min<std::size_t>(size, names.size()));
    for (std::size_t at = 0; at < names.size() && names[at] != '\0' && readers.size() < mostReaders;) {
      readers.push_back({names.c_str() + at});
      at += readers.back().name.size() + 1;
    }
    return Outcome::done;
  }

  /// Asks for the states, of these readers and of the list, that differ from what is known; waits as long.
  Outcome ask(std::vector<Reader>& readers, DWORD milliseconds) {
    std::vector<SCARD_READERSTATE> states(readers.size() + 1);
    for (std::size_t i = 0; i < readers.size(); ++i) {
      states[i].szReader = readers[i].name.c_str();
      states[i].dwCurrentState = readers[i].state;
    }
    states.back().szReader = plugAndPlay;
    states.back().dwCurrentState = static_cast<DWORD>(readers.size()) << 16;
    const auto outcome =
        outcomeOf(library_.statusChange(*context_, milliseconds, states.data(), static_cast<DWORD>(states.size())));
    if (outcome != Outcome::done) return outcome;
    for (std::size_t i = 0; i < readers.size(); ++i)
      readers[i].state = states[i].dwEventState & ~static_cast<DWORD>(SCARD_STATE_CHANGED);
    return outcome;
  }

  /// The readers and their states as they are now. `done` if they are not what was known.
  Outcome look() {
    std::vector<Reader> now;
    if (const auto listed = list(now); listed == Outcome::noService || listed == Outcome::failed)
      return Outcome::noService;
    if (ask(now, 0) == Outcome::noService) return Outcome::noService;
    const bool same = std::ranges::equal(now, known_, isSame);
    known_ = std::move(now);
    return same ? Outcome::quiet : Outcome::done;
  }

  Outcome waitForReaders() {
    auto readers = known_;
    const auto waited = ask(readers, waitMilliseconds);
    return waited == Outcome::noService || waited == Outcome::failed ? Outcome::noService : look();
  }

  Library library_;
  std::optional<SCARDCONTEXT> context_;
  std::vector<Reader> known_;
};

}  // namespace

Result<std::unique_ptr<Readers>> Readers::load() {
  const auto library = loadLibrary();
  if (!library) return passOn(library);
  auto readers = std::make_unique<ServiceReaders>(*library);
  return readers;
}

}  // namespace sealferry::token::pcsc
