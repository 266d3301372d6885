// SPDX-License-Identifier: Apache-2.0
#include "session.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <thread>

#include "cryptoki.h"

namespace sealferry::token::pkcs11 {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::size_t mostObjects = 8192;

/// pcscd looks at a reader every 400 ms; until then a driver takes a key for present that has just been pulled.
constexpr auto noticeTime = 1s;

/// A template as modules take it. A zero follows each value in memory, because OpenSC reads CKA_APPLICATION up to one,
/// whatever length it is told: without it, it stores what else lies in our memory on the key, for everyone to read.
class Template {
 public:
  explicit Template(const std::vector<Attribute>& attributes) {
    values_.reserve(attributes.size());
    for (const auto& one : attributes) {
      auto& value = values_.emplace_back(one.value);
      value.push_back(0);
      list_.push_back({one.type, value.data(), one.value.size()});
    }
  }
  CK_ATTRIBUTE* data() { return list_.data(); }
  unsigned long size() const { return list_.size(); }

 private:
  std::vector<Bytes> values_;
  std::vector<CK_ATTRIBUTE> list_;
};

/// PKCS#11 wants pointers to what it does not change.
unsigned char* in(ByteView bytes) { return const_cast<unsigned char*>(bytes.data()); }

/// A null pointer tells the module that the PIN is typed on the reader (PKCS#11 v2.40 §5.6).
unsigned char* pinPointer(ByteView pin) { return pin.empty() ? nullptr : in(pin); }

bool isAboutPin(ErrorCode code) {
  return code == ErrorCode::pin_incorrect || code == ErrorCode::pin_locked || code == ErrorCode::pin_must_change;
}

}  // namespace

Attribute number(unsigned long type, unsigned long value) {
  Bytes raw(sizeof value);
  std::memcpy(raw.data(), &value, sizeof value);
  return {type, std::move(raw)};
}

Attribute boolean(unsigned long type, bool value) { return {type, {static_cast<std::uint8_t>(value ? 1 : 0)}}; }

Attribute bytes(unsigned long type, ByteView value) { return {type, copyOf(value)}; }

Result<void> probe(const Module& module, SlotId slot) {
  unsigned long handle = 0;
  const auto& call = module.call();
  auto opened = called("C_OpenSession", call.C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &handle));
  if (opened) (void)call.C_CloseSession(handle);
  return opened;
}

Result<std::unique_ptr<RawSession>> RawSession::open(const Module& module, SlotId slot, WriteObserver* observer) {
  unsigned long handle = 0;
  const auto& call = module.call();
  const auto open = [&](unsigned long flags) {
    return called("C_OpenSession", call.C_OpenSession(slot, flags, nullptr, nullptr, &handle));
  };
  auto opened = open(CKF_SERIAL_SESSION | CKF_RW_SESSION);
  if (!opened && opened.error().code == ErrorCode::read_only) opened = open(CKF_SERIAL_SESSION);
  if (!opened) return passOn(opened);
  return std::unique_ptr<RawSession>(new RawSession(module, slot, handle, observer));
}

RawSession::~RawSession() { (void)module_.call().C_CloseSession(handle_); }

Result<void> RawSession::alive() const {
  CK_SESSION_INFO info{};
  const auto status = module_.call().C_GetSessionInfo(handle_, &info);
  if (status == CKR_FUNCTION_NOT_SUPPORTED) return {};  // then the first call that needs the session tells
  return called("C_GetSessionInfo", status);
}

bool RawSession::staysPresent() const {
  const auto end = Clock::now() + noticeTime;
  while (true) {
    const auto present = module_.slots();
    if (!present || std::ranges::find(*present, slot_) == present->end() || !alive()) return false;
    if (Clock::now() > end) break;
    std::this_thread::sleep_for(50ms);
  }
  seen_ = Clock::now();
  return true;
}

/// Many broken objects in a row cost one wait.
bool RawSession::isPresent() const { return Clock::now() - seen_ < noticeTime || staysPresent(); }

Result<void> RawSession::login(ByteView pin) {
  pin_.reset();
  auto done = called("C_Login", module_.call().C_Login(handle_, CKU_USER, pinPointer(pin), pin.size()));
  loggedIn_ = loggedIn_ || done;
  if (!done || !holdsKeyThatWantsPinAgain()) return done;
  const auto facts = module_.token(slot_);
  lastTryAtLogin_ = facts && facts->pin.lastTry;
  pin_.emplace(pin);
  return done;
}

Result<void> RawSession::logout() {
  pin_.reset();
  loggedIn_ = false;
  return called("C_Logout", module_.call().C_Logout(handle_));
}

bool RawSession::wantsPinAgain(ObjectId key) const {
  const auto told = ifTold(key, CKA_ALWAYS_AUTHENTICATE, sizeof(CK_BBOOL));
  return told && *told == boolean(CKA_ALWAYS_AUTHENTICATE, true).value;
}

bool RawSession::holdsKeyThatWantsPinAgain() const {
  const auto keys = find({number(CKA_CLASS, CKO_PRIVATE_KEY)});
  return keys && std::ranges::any_of(*keys, [this](ObjectId key) { return wantsPinAgain(key); });
}

/// Wrong PINs that were tried elsewhere since the login may mean that ours is no longer the right one; the last try is
/// the user's to spend.
Result<void> RawSession::mayShowPin() const {
  const auto facts = module_.token(slot_);
  if (!facts) return passOn(facts);
  if (facts->pin.locked) return fail(ErrorCode::pin_locked, "C_Login");
  if (facts->pin.lastTry && !lastTryAtLogin_) return fail(ErrorCode::pin_incorrect, "C_Login");
  return {};
}

/// Between C_SignInit and C_Sign (v2.40 §5.6, CKU_CONTEXT_SPECIFIC). Without a PIN the key itself says whether that
/// will do.
Result<void> RawSession::showPinAgain() {
  if (!pin_) return {};
  auto shown = mayShowPin();
  if (shown)
    shown = called("C_Login",
                   module_.call().C_Login(handle_, CKU_CONTEXT_SPECIFIC, pinPointer(pin_->view()), pin_->size()));
  if (shown || wasLoggedIn(shown.error())) return {};
  if (shown.error().code == ErrorCode::pin_unusable) shown.error().code = ErrorCode::pin_incorrect;
  if (isAboutPin(shown.error().code)) pin_.reset();
  return shown;
}

Result<void> RawSession::setPin(ByteView current, ByteView next) {
  pin_.reset();
  const ObservedWrite observed(observer_, "C_SetPIN");
  return called("C_SetPIN",
                module_.call().C_SetPIN(handle_, pinPointer(current), current.size(), pinPointer(next), next.size()));
}

Result<void> RawSession::loginOfficer(ByteView pin) {
  return called("C_Login", module_.call().C_Login(handle_, CKU_SO, pinPointer(pin), pin.size()));
}

Result<void> RawSession::initPin(ByteView next) {
  const ObservedWrite observed(observer_, "C_InitPIN");
  return called("C_InitPIN", module_.call().C_InitPIN(handle_, pinPointer(next), next.size()));
}

Result<std::vector<ObjectId>> RawSession::find(const std::vector<Attribute>& like) const {
  const auto& call = module_.call();
  Template pattern(like);
  auto begun = called("C_FindObjectsInit", call.C_FindObjectsInit(handle_, pattern.data(), pattern.size()));
  if (!begun) return passOn(begun);
  std::vector<ObjectId> found;
  Result<void> step;
  for (unsigned long count = 1; step && count > 0 && found.size() < mostObjects;) {
    std::array<ObjectId, 64> some{};
    step = called("C_FindObjects", call.C_FindObjects(handle_, some.data(), some.size(), &count));
    if (step && count > some.size()) step = fail(ErrorCode::internal, "C_FindObjects");  // it lies about lengths
    if (step) found.insert(found.end(), some.begin(), some.begin() + static_cast<std::ptrdiff_t>(count));
  }
  (void)call.C_FindObjectsFinal(handle_);
  if (!step) return passOn(step);
  return found;
}

/// In one call with room for the most there may be: OpenSC reads the whole object from the key to tell its length.
Result<std::optional<Bytes>> RawSession::attribute(ObjectId object, unsigned long type, std::size_t most) const {
  Bytes value(most);
  CK_ATTRIBUTE wanted{type, value.data(), value.size()};
  const auto status = module_.call().C_GetAttributeValue(handle_, object, &wanted, 1);
  if (attributeMissing(status)) return std::nullopt;
  if (status == CKR_BUFFER_TOO_SMALL) return fail(ErrorCode::too_large, "C_GetAttributeValue", status);
  if (status == CKR_OK && wanted.ulValueLen == CK_UNAVAILABLE_INFORMATION) return std::nullopt;
  if (auto done = called("C_GetAttributeValue", status); !done) return passOn(done);
  if (wanted.ulValueLen > most) return fail(ErrorCode::internal, "attribute too long", wanted.ulValueLen);
  value.resize(wanted.ulValueLen);
  return value;
}

Result<std::optional<Bytes>> RawSession::name(ObjectId object, unsigned long type, std::size_t most) const {
  auto value = attribute(object, type, most);
  if (!value && value.error().code == ErrorCode::too_large) return std::nullopt;
  return value;
}

Result<std::optional<Bytes>> RawSession::ifTold(ObjectId object, unsigned long type, std::size_t most) const {
  auto value = attribute(object, type, most);
  if (value || (mayMeanGone(value.error()) && !isPresent())) return value;
  return std::nullopt;
}

Result<Bytes> RawSession::content(ObjectId object, std::size_t most) {
  auto value = attribute(object, CKA_VALUE, most);
  if (!value && mayMeanGone(value.error()) && !broken_.contains(object) && isPresent()) {
    value = attribute(object, CKA_VALUE, most);  // once more, now that the key is known to be there
    if (!value) broken_.insert(object);
  }
  if (!value && broken_.contains(object)) return fail(ErrorCode::seal_invalid, "content", value.error().native);
  if (!value) return passOn(value);
  readable_.insert(object);
  return std::move(*value).value_or(Bytes{});
}

Result<ObjectId> RawSession::create(const std::vector<Attribute>& attributes) {
  Template list(attributes);
  ObjectId object = 0;
  const ObservedWrite observed(observer_, "C_CreateObject");
  auto done = called("C_CreateObject", module_.call().C_CreateObject(handle_, list.data(), list.size(), &object));
  if (!done) return passOn(done);
  return object;
}

Result<void> RawSession::set(ObjectId object, const Attribute& attribute) {
  Template list({attribute});
  const ObservedWrite observed(observer_, "C_SetAttributeValue");
  return called("C_SetAttributeValue", module_.call().C_SetAttributeValue(handle_, object, list.data(), list.size()));
}

/// What cannot be read is left alone: OpenSC 0.23 crashes when it is to destroy an object whose file is gone.
Result<void> RawSession::destroy(ObjectId object) {
  if (!readable_.contains(object)) {
    const auto there = content(object, mostObjectBytes);
    if (!there && there.error().code == ErrorCode::seal_invalid) return {};
    if (!there && mayMeanGone(there.error())) return passOn(there);
  }
  readable_.erase(object);
  const ObservedWrite observed(observer_, "C_DestroyObject");
  return called("C_DestroyObject", module_.call().C_DestroyObject(handle_, object));
}

Result<Bytes> RawSession::sign(ObjectId key, unsigned long mechanism, ByteView parameter, ByteView data) {
  const auto& call = module_.call();
  CK_MECHANISM how{mechanism, parameter.empty() ? nullptr : in(parameter), parameter.size()};
  const bool again = wantsPinAgain(key);
  if (auto begun = called("C_SignInit", call.C_SignInit(handle_, &how, key)); !begun) return passOn(begun);
  const auto shown = again ? showPinAgain() : Result<void>{};
  Bytes signature(1024);  // RSA up to 8192 bits
  unsigned long size = signature.size();
  // After a refusal too: it ends the operation (v2.40 §5.11.2). Some keys take no such login, and sign all the same.
  auto done = called("C_Sign", call.C_Sign(handle_, in(data), data.size(), signature.data(), &size));
  if (!shown && (!done || isAboutPin(shown.error().code))) return passOn(shown);
  if (!done) return passOn(done);
  if (size > signature.size()) return fail(ErrorCode::internal, "C_Sign", size);
  signature.resize(size);
  return signature;
}

Result<GeneratedPair> RawSession::generate(unsigned long mechanism, const std::vector<Attribute>& publicPart,
                                           const std::vector<Attribute>& privatePart) {
  Template publicList(publicPart), privateList(privatePart);
  CK_MECHANISM how{mechanism, nullptr, 0};
  GeneratedPair pair;
  const ObservedWrite observed(observer_, "C_GenerateKeyPair");
  auto done = called("C_GenerateKeyPair", module_.call().C_GenerateKeyPair(
                                              handle_, &how, publicList.data(), publicList.size(), privateList.data(),
                                              privateList.size(), &pair.publicKey, &pair.privateKey));
  if (!done) return passOn(done);
  return pair;
}

}  // namespace sealferry::token::pkcs11
