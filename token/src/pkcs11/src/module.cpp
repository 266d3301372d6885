// SPDX-License-Identifier: Apache-2.0
#include "module.h"

#include <dlfcn.h>

#include <algorithm>
#include <limits>

#include "cryptoki.h"
#include "function_list.h"
#include "text.h"

namespace sealferry::token::pkcs11 {
namespace {

constexpr unsigned long usualSlots = 64, mostSlots = 4096;

PinState pinStateOf(unsigned long flags) {
  PinState pin;
  pin.initialized = (flags & CKF_USER_PIN_INITIALIZED) != 0;
  pin.mustChange = (flags & CKF_USER_PIN_TO_BE_CHANGED) != 0;
  pin.countLow = (flags & CKF_USER_PIN_COUNT_LOW) != 0;
  pin.lastTry = (flags & CKF_USER_PIN_FINAL_TRY) != 0;
  pin.locked = (flags & CKF_USER_PIN_LOCKED) != 0;
  pin.pad = (flags & CKF_PROTECTED_AUTHENTICATION_PATH) != 0;
  return pin;
}

PinState pukStateOf(unsigned long flags) {
  PinState puk;
  puk.countLow = (flags & CKF_SO_PIN_COUNT_LOW) != 0;
  puk.lastTry = (flags & CKF_SO_PIN_FINAL_TRY) != 0;
  puk.locked = (flags & CKF_SO_PIN_LOCKED) != 0;
  puk.pad = (flags & CKF_PROTECTED_AUTHENTICATION_PATH) != 0;
  return puk;
}

/// Nothing where the token does not know, or fills in zeroes or "infinite" for want of knowledge.
std::optional<std::uint64_t> memory(unsigned long value, unsigned long total) {
  constexpr auto unavailable = std::numeric_limits<unsigned long>::max();
  if (value == unavailable || total == unavailable || total == 0) return std::nullopt;
  return value;
}

std::string version(const CK_VERSION& version) {
  return std::to_string(version.major) + "." + std::to_string(version.minor);
}

}  // namespace

Result<std::unique_ptr<Module>> Module::load(const std::string& path, const Pkcs11Setting& setting) {
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr)
    return tl::unexpected<Error>(Error{ErrorCode::no_driver, "dlopen", 0, {}, {{"reason", "notLoadable"}}});
  auto functions = functionListOf(library);
  if (!functions) return passOn(functions);
  std::unique_ptr<Module> module(new Module(path, std::move(*functions), setting));
  module->openSc_ = arrangeOpenScUnblocking();
  if (auto done = module->initialize(); !done) return passOn(done);
  return module;
}

Module::Module(std::string path, std::unique_ptr<FunctionList> functions, const Pkcs11Setting& setting)
    : path_(std::move(path)), setting_(setting), functions_(std::move(functions)) {}

Module::~Module() { finalize(); }

Result<void> Module::initialize() {
  CK_C_INITIALIZE_ARGS arguments{};
  arguments.flags = CKF_OS_LOCKING_OK;
  auto status = functions_->C_Initialize(&arguments);
  // Some are not made for threads, or know of no arguments (v2.40 §5.4): there is one thread here that calls.
  if (status == CKR_CANT_LOCK || status == CKR_ARGUMENTS_BAD || status == CKR_NEED_TO_CREATE_THREADS)
    status = functions_->C_Initialize(nullptr);
  if (alreadyInitialized(status)) return {};
  return called("C_Initialize", status);
}

void Module::finalize() { (void)functions_->C_Finalize(nullptr); }

Result<ModuleInfo> Module::describe() const {
  CK_INFO info{};
  if (auto done = called("C_GetInfo", functions_->C_GetInfo(&info)); !done) return passOn(done);
  unsigned long count = 0;
  (void)functions_->C_GetSlotList(0, nullptr, &count);
  const auto description = trimmed(info.libraryDescription) + " " + trimmed(info.manufacturerID);
  return ModuleInfo{path_, "pkcs11", description, version(info.libraryVersion), static_cast<unsigned>(count)};
}

bool Module::isOpenSc() const {
  CK_INFO info{};
  return functions_->C_GetInfo(&info) == CKR_OK && trimmed(info.manufacturerID) == "OpenSC Project";
}

bool Module::removesCertificatesInSteps() const { return isOpenSc(); }

bool Module::unblocks() const { return setting_.unblock && (!isOpenSc() || openSc_ == OpenScUnblocking::inSession); }

Result<std::vector<SlotId>> Module::slots() const {
  unsigned long count = 0;
  (void)functions_->C_GetSlotList(1, nullptr, &count);  // only asked like this do modules look for new readers (§5.5)
  const auto room = std::clamp(count, usualSlots, mostSlots);
  std::vector<SlotId> found(room);
  count = room;
  if (auto done = called("C_GetSlotList", functions_->C_GetSlotList(1, found.data(), &count)); !done)
    return passOn(done);
  if (count > room) return fail(ErrorCode::internal, "C_GetSlotList");
  found.resize(count);
  return found;
}

Result<void> Module::waitForSlotEvent() const {
  SlotId slot = 0;
  return called("C_WaitForSlotEvent", functions_->C_WaitForSlotEvent(0, &slot, nullptr));
}

Result<TokenFacts> Module::token(SlotId slot) const {
  CK_TOKEN_INFO info{};
  if (auto done = called("C_GetTokenInfo", functions_->C_GetTokenInfo(slot, &info)); !done) return passOn(done);
  TokenFacts facts;
  facts.serial = trimmed(info.serialNumber);
  facts.label = trimmed(info.label);
  facts.manufacturer = trimmed(info.manufacturerID);
  facts.model = trimmed(info.model);
  facts.initialized = (info.flags & CKF_TOKEN_INITIALIZED) != 0;
  facts.writable = (info.flags & CKF_WRITE_PROTECTED) == 0;
  facts.pin = pinStateOf(info.flags);
  facts.puk = pukStateOf(info.flags);
  facts.freeBytes = memory(info.ulFreePublicMemory, info.ulTotalPublicMemory);
  facts.totalBytes = memory(info.ulTotalPublicMemory, info.ulTotalPublicMemory);
  return facts;
}

std::string Module::reader(SlotId slot) const {
  CK_SLOT_INFO info{};
  return functions_->C_GetSlotInfo(slot, &info) == CKR_OK ? trimmed(info.slotDescription) : std::string{};
}

}  // namespace sealferry::token::pkcs11
