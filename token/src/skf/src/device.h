// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <optional>
#include <vector>

#include "library.h"
#include "skf_layout/blobs.h"
#include "store/write_observer.h"
#include "token/types.h"
#include "tries.h"
#include "watch.h"

namespace sealferry::token::skf {

/// What a library and whoever looks at its keys share.
struct Driver {
  std::shared_ptr<Library> library;
  std::unique_ptr<Watch> watch;  ///< goes first
  WriteObserver* observer = nullptr;
};

/// Whose PIN it is, by the standard's numbers (GM/T 0016-2012 §6.4.8).
enum class PinOwner : std::uint8_t { administrator = 0, user = 1 };

/// One connected key with one of its applications open. Once an event has said that it was pulled, no call of the
/// library is made for it any more.
class Device {
 public:
  static Result<std::unique_ptr<Device>> connect(const Driver& driver, const std::string& name);
  ~Device();
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;

  Result<sealferry::skf::DeviceInfo> info() const;
  /// What the key tells, or else what it told of the last wrong PIN. Of a key that is there and tells neither nothing
  /// is known.
  Result<PinState> pinState(PinOwner whose) const;
  Result<std::vector<std::string>> names(const char* enumerate) const;  ///< containers or files

  /// A call with the application's handle first.
  template <class... Arguments>
  Result<void> inApplication(const char* name, Arguments... arguments) const {
    return call(name, application_, arguments...);
  }
  template <class... Arguments>
  Result<void> call(const char* name, Handle handle, Arguments... arguments) const {
    if (removed()) return fail(ErrorCode::key_removed, name);
    const ObservedWrite observed(changesKey(name) ? driver_.observer : nullptr, name);
    return driver_.library->call(name, handle, arguments...);
  }

  /// A call that tries a PIN, whose last argument is the count of tries left. One call is one try.
  template <class... Arguments>
  Result<void> tryPin(PinOwner whose, const char* name, Arguments... arguments) {
    auto left = library().number(Tries::untold);
    auto done = inApplication(name, arguments..., &left);
    triesOf(whose).note(done, left.value());
    return done;
  }
  /// An administrator has set a new PIN.
  void forgetTries() { tries_ = {}; }

  void foundGone() const { driver_.watch->foundGone(name_, removals_); }
  bool removed() const { return driver_.watch->removals(name_) != removals_; }
  const std::string& name() const { return name_; }
  const Library& library() const { return *driver_.library; }
  bool hasApplication() const { return application_ != nullptr; }
  /// Fails where none of several applications is known to hold a certificate and one did not list its containers: that
  /// may be the user's, and this one another program's. Who only reads need not mind.
  Result<void> isSurelyUsers() const { return choice_; }
  const std::string& applicationName() const { return applicationName_; }  ///< as policy and profiles have it

 private:
  Device(const Driver& driver, std::string name, unsigned removals)
      : driver_(driver), name_(std::move(name)), removals_(removals) {}
  Result<void> openApplication();
  Result<void> openOne(const std::string& application);
  Tries& triesOf(PinOwner whose) { return tries_[static_cast<std::size_t>(whose)]; }
  Result<std::vector<std::string>> list(const char* enumerate, Handle handle) const;
  bool holdsCertificate();
  static bool changesKey(std::string_view call);

  const Driver& driver_;
  std::string name_, applicationName_;
  unsigned removals_;
  Handle device_ = nullptr, application_ = nullptr;
  Result<void> choice_;
  std::array<Tries, 2> tries_;
};

/// The longest list of names that is taken, in bytes.
constexpr std::size_t mostNames = 64U << 10;
/// Names with a zero at the end of each and another after the last, in a buffer of this size. What has no end is cut.
std::vector<std::string> namesIn(ByteView buffer);

/// One call with room for so many bytes; what the library says of the length is checked against that.
template <class Ask>
Result<Bytes> askWithRoom(const Library& library, std::size_t bytes, const char* name, Ask ask) {
  Bytes buffer(bytes);
  auto room = library.number(buffer.size());
  if (auto done = ask(buffer.data(), &room); !done) return passOn(done);
  if (room.value() > buffer.size()) return fail(ErrorCode::internal, name);
  buffer.resize(static_cast<std::size_t>(room.value()));
  return buffer;
}

/// Asks for a size, then for the content. Libraries that tell no size, or a wrong one, are given the most there may be.
/// `ask(buffer, size)` makes the call.
template <class Ask>
Result<Bytes> askTwice(const Library& library, std::size_t most, const char* name, Ask ask) {
  constexpr std::size_t slack = 512;  // some libraries write more than they said
  auto size = library.number();
  const auto told = ask(static_cast<unsigned char*>(nullptr), &size);
  if (!told && !wantsRoom(told.error())) return passOn(told);
  if (told && size.value() > most) return fail(ErrorCode::internal, name);
  if (!told) return askWithRoom(library, most, name, ask);
  auto content = askWithRoom(library, static_cast<std::size_t>(size.value()) + slack, name, ask);
  if (content || !wantsRoom(content.error())) return content;
  return askWithRoom(library, most, name, ask);
}

}  // namespace sealferry::token::skf
