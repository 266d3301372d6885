// SPDX-License-Identifier: Apache-2.0
#include "permissions.h"

#include <algorithm>

#include "name.h"

namespace sealferry::pdf {
namespace {

constexpr int mostItems = 4096;

/// A name in a lock means the field and everything below it.
bool covers(const std::string& locked, const std::string& field) {
  return field == locked || (field.starts_with(locked) && field[locked.size()] == '.');
}

}  // namespace

/// The strictest one counts. What cannot be read permits nothing.
void Permissions::restrictTo(QPDFObjectHandle level) {
  const bool known = level.isInteger() && level.getIntValue() >= 1 && level.getIntValue() <= 3;
  const int said = known ? static_cast<int>(level.getIntValue()) : 1;
  level_ = level_ == 0 ? said : std::min(level_, said);
}

void Permissions::addLock(QPDFObjectHandle lock) {
  auto action = lock.getKey("/Action");
  Lock one{Lock::Action::all, {}};  // also for what is not known: locked too much rather than too little
  if (isName(action, "/Include")) one.action = Lock::Action::include;
  if (isName(action, "/Exclude")) one.action = Lock::Action::exclude;
  auto fields = lock.getKey("/Fields");
  for (int i = 0; fields.isArray() && i < std::min(fields.getArrayNItems(), mostItems); ++i)
    if (auto name = fields.getArrayItem(i); name.isString()) one.fields.push_back(name.getUTF8Value());
  locks_.push_back(std::move(one));
}

void Permissions::add(SignatureField& signature) {
  auto references = signature.value.getKey("/Reference");
  for (int i = 0; references.isArray() && i < std::min(references.getArrayNItems(), mostItems); ++i) {
    auto reference = references.getArrayItem(i);
    if (!reference.isDictionary()) continue;
    auto method = reference.getKey("/TransformMethod"), parameters = reference.getKey("/TransformParams");
    const bool hasParameters = parameters.isDictionary();
    if (isName(method, "/DocMDP"))
      restrictTo(hasParameters && parameters.hasKey("/P") ? parameters.getKey("/P") : QPDFObjectHandle::newInteger(2));
    if (isName(method, "/FieldMDP") && hasParameters) addLock(parameters);
  }
  auto lock = signature.field.getKey("/Lock");
  if (!lock.isDictionary()) return;
  addLock(lock);
  if (lock.hasKey("/P")) restrictTo(lock.getKey("/P"));
}

bool Permissions::locks(const std::string& field) const {
  return std::ranges::any_of(locks_, [&](const Lock& lock) {
    const bool named = std::ranges::any_of(lock.fields, [&](const auto& one) { return covers(one, field); });
    return lock.action == Lock::Action::all || named == (lock.action == Lock::Action::include);
  });
}

}  // namespace sealferry::pdf
