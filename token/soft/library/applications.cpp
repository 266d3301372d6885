// SPDX-License-Identifier: Apache-2.0
// GM/T 0016-2012 §7.2 and §7.3: applications and their PINs.
#include "call.h"

using namespace sealferry;
using namespace sealferry::softkey;

namespace {

constexpr Ulong mostTries = 15;

bool isUserType(Ulong type) { return type <= 1; }
User userOf(Ulong type) { return type == 0 ? User::administrator : User::user; }

/// How many are left goes along with whatever the answer is.
void tellTries(const Application& application, User user, Ulong* left) {
  const auto facts = application.connection->device.pinFacts(application.name, user);
  if (left != nullptr) *left = facts ? facts->triesLeft : 0;
}

ByteView pinOf(const char* text) {
  return sealferry::viewOf(std::string_view(text, text == nullptr ? 0 : std::char_traits<char>::length(text)));
}

Status verify(const Application& application, User user, const char* pin) {
  auto secrets = application.connection->device.verifyPin(application.name, user, pinOf(pin));
  if (!secrets) return secrets.error();
  if (user == User::user) application.connection->secrets[application.name] = std::move(*secrets);
  return Status::ok;
}

Status create(const Connection& connection, const std::string& name, const PinPolicy& policy) {
  const auto good = [](const std::string& pin) { return pin.size() >= 4 && pin.size() <= 64; };
  if (!good(policy.administratorPin) || !good(policy.userPin)) return Status::pinLengthRange;
  return statusOf(connection.device.createApplication(name, policy));
}

}  // namespace

SOFTKEY_CALL SKF_EnumApplication(Handle device, Text names, Ulong* size) {
  return call("SKF_EnumApplication", size, [&] {
    const auto connection = connectionOf(device);
    if (!connection) return connection.error();
    const auto all = (*connection)->device.applications();
    return all ? give(*all, names, size) : all.error();
  });
}

SOFTKEY_CALL SKF_CreateApplication(Handle device, Text name, Text administratorPin, std::uint32_t administratorTries,
                                   Text userPin, std::uint32_t userTries, std::uint32_t, Handle* application) {
  return call("SKF_CreateApplication", nullptr, [&] {
    const auto connection = connectionOf(device);
    if (!connection) return connection.error();
    if (name == nullptr || application == nullptr || administratorTries == 0 || administratorTries > mostTries ||
        userTries == 0 || userTries > mostTries)
      return Status::invalidParameter;
    const PinPolicy policy{softkey::textOf(administratorPin), softkey::textOf(userPin), administratorTries, userTries};
    const auto status = create(**connection, softkey::textOf(name), policy);
    if (status == Status::ok)
      *application = remember(table().applications, Application{*connection, softkey::textOf(name)});
    return status;
  });
}

SOFTKEY_CALL SKF_OpenApplication(Handle device, Text name, Handle* application) {
  return call("SKF_OpenApplication", nullptr, [&] {
    const auto connection = connectionOf(device);
    if (!connection) return connection.error();
    if (application == nullptr) return Status::invalidParameter;
    if (!(*connection)->device.hasApplication(softkey::textOf(name))) return Status::applicationMissing;
    *application = remember(table().applications, Application{*connection, softkey::textOf(name)});
    return Status::ok;
  });
}

SOFTKEY_CALL SKF_CloseApplication(Handle application) {
  return call("SKF_CloseApplication", nullptr, [&] {
    return table().applications.erase(numberOf(application)) > 0 ? Status::ok : Status::invalidHandle;
  });
}

SOFTKEY_CALL SKF_GetPINInfo(Handle handle, Ulong type, Ulong* most, Ulong* left, Bool* factory) {
  return call("SKF_GetPINInfo", nullptr, [&] {
    const auto application = applicationOf(handle);
    if (!application) return application.error();
    if (!isUserType(type) || most == nullptr || left == nullptr || factory == nullptr) return Status::invalidParameter;
    const auto facts = application->connection->device.pinFacts(application->name, userOf(type));
    if (!facts) return facts.error();
    *most = facts->mostTries;
    *left = facts->triesLeft;
    *factory = facts->factoryPin ? 1 : 0;
    return Status::ok;
  });
}

SOFTKEY_CALL SKF_VerifyPIN(Handle handle, Ulong type, Text pin, Ulong* left) {
  return call("SKF_VerifyPIN", nullptr, [&] {
    const auto application = applicationOf(handle);
    if (!application) return application.error();
    if (!isUserType(type) || pin == nullptr) return Status::invalidParameter;
    const auto status = verify(*application, userOf(type), pin);
    tellTries(*application, userOf(type), left);
    return status;
  });
}

SOFTKEY_CALL SKF_ChangePIN(Handle handle, Ulong type, Text current, Text next, Ulong* left) {
  return call("SKF_ChangePIN", nullptr, [&] {
    const auto application = applicationOf(handle);
    if (!application) return application.error();
    if (!isUserType(type) || current == nullptr || next == nullptr) return Status::invalidParameter;
    const auto done =
        application->connection->device.changePin(application->name, userOf(type), pinOf(current), pinOf(next));
    tellTries(*application, userOf(type), left);
    return statusOf(done);
  });
}

SOFTKEY_CALL SKF_UnblockPIN(Handle handle, Text administratorPin, Text next, Ulong* left) {
  return call("SKF_UnblockPIN", nullptr, [&] {
    const auto application = applicationOf(handle);
    if (!application) return application.error();
    if (administratorPin == nullptr || next == nullptr) return Status::invalidParameter;
    const auto done =
        application->connection->device.unblockPin(application->name, pinOf(administratorPin), pinOf(next));
    tellTries(*application, User::administrator, left);
    return statusOf(done);
  });
}

SOFTKEY_CALL SKF_ClearSecureState(Handle handle) {
  return call("SKF_ClearSecureState", nullptr, [&] {
    const auto application = applicationOf(handle);
    if (!application) return application.error();
    application->connection->secrets.erase(application->name);
    return Status::ok;
  });
}
