// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "calls.h"
#include "state.h"

namespace sealferry::fake {
namespace {

AttributeMap attributesOf(const CK_ATTRIBUTE* list, unsigned long count) {
  AttributeMap attributes;
  for (unsigned long i = 0; i < count; ++i) {
    const auto* at = static_cast<const std::uint8_t*>(list[i].pValue);
    attributes[list[i].type] = Bytes(at, at + list[i].ulValueLen);
  }
  return attributes;
}

bool matches(const AttributeMap& object, const AttributeMap& like) {
  return std::ranges::all_of(like, [&](const auto& wanted) {
    const auto found = object.find(wanted.first);
    return found != object.end() && found->second == wanted.second;
  });
}

bool visible(const AttributeMap& object) { return state().loggedIn || !isTrue(object, CKA_PRIVATE); }

CK_RV createObject(CK_SESSION_HANDLE handle, CK_ATTRIBUTE* list, unsigned long count, CK_OBJECT_HANDLE* object) {
  return withSession("C_CreateObject", handle, [&](SessionState& session, bool) -> CK_RV {
    if (!session.readWrite) return CKR_SESSION_READ_ONLY;
    if (!state().loggedIn) return CKR_USER_NOT_LOGGED_IN;
    const auto attributes = attributesOf(list, count);
    const auto kind = numberOf(attributes, CKA_CLASS);
    if (kind != CKO_DATA && kind != CKO_CERTIFICATE) return CKR_TEMPLATE_INCONSISTENT;
    const auto limit = state().store.memoryLimit();
    if (limit && state().store.usedMemory() + Store::cost(attributes) > *limit) return CKR_DEVICE_MEMORY;
    *object = state().store.add(attributes);
    return CKR_OK;
  });
}

CK_RV destroyObject(CK_SESSION_HANDLE handle, CK_OBJECT_HANDLE object) {
  return withSession("C_DestroyObject", handle, [&](SessionState& session, bool) -> CK_RV {
    if (!session.readWrite) return CKR_SESSION_READ_ONLY;
    if (!state().loggedIn) return CKR_USER_NOT_LOGGED_IN;
    return state().store.remove(object) ? CKR_OK : CKR_OBJECT_HANDLE_INVALID;
  });
}

CK_RV answerOne(const AttributeMap& object, CK_ATTRIBUTE& wanted, bool lie) {
  const auto found = object.find(wanted.type);
  const bool secret = wanted.type == privateKeyAttribute;
  if (found == object.end() || secret) {
    wanted.ulValueLen = CK_UNAVAILABLE_INFORMATION;
    return secret ? CKR_ATTRIBUTE_SENSITIVE : CKR_ATTRIBUTE_TYPE_INVALID;
  }
  const auto& value = found->second;
  if (wanted.pValue != nullptr && wanted.ulValueLen < value.size()) return CKR_BUFFER_TOO_SMALL;
  if (wanted.pValue != nullptr) std::ranges::copy(value, static_cast<std::uint8_t*>(wanted.pValue));
  wanted.ulValueLen = lie ? 1UL << 32 : value.size();
  return CKR_OK;
}

CK_RV getAttributeValue(CK_SESSION_HANDLE handle, CK_OBJECT_HANDLE number, CK_ATTRIBUTE* list, unsigned long count) {
  return withSession("C_GetAttributeValue", handle, [&](SessionState&, bool lie) -> CK_RV {
    const auto object = state().store.object(number);
    if (!object || !visible(*object)) return CKR_OBJECT_HANDLE_INVALID;
    CK_RV status = CKR_OK;
    for (unsigned long i = 0; i < count; ++i)
      if (const auto one = answerOne(*object, list[i], lie); one != CKR_OK) status = one;
    return status;
  });
}

CK_RV findObjectsInit(CK_SESSION_HANDLE handle, CK_ATTRIBUTE* list, unsigned long count) {
  return withSession("C_FindObjectsInit", handle, [&](SessionState& session, bool) {
    const auto like = attributesOf(list, count);
    session.found.clear();
    for (const auto& [number, object] : state().store.objects())
      if (visible(object) && matches(object, like)) session.found.push_back(number);
    return CKR_OK;
  });
}

CK_RV findObjects(CK_SESSION_HANDLE handle, CK_OBJECT_HANDLE* objects, unsigned long most, unsigned long* count) {
  return withSession("C_FindObjects", handle, [&](SessionState& session, bool lie) {
    const auto some = std::min<unsigned long>(most, session.found.size());
    std::copy_n(session.found.begin(), some, objects);
    session.found.erase(session.found.begin(), session.found.begin() + static_cast<std::ptrdiff_t>(some));
    *count = lie ? 1UL << 32 : some;
    return CKR_OK;
  });
}

CK_RV findObjectsFinal(CK_SESSION_HANDLE handle) {
  return withSession("C_FindObjectsFinal", handle, [](SessionState& session, bool) {
    session.found.clear();
    return CKR_OK;
  });
}

}  // namespace

void addObjects(CK_FUNCTION_LIST& list) {
  list.C_CreateObject = createObject;
  list.C_DestroyObject = destroyObject;
  list.C_GetAttributeValue = getAttributeValue;
  list.C_FindObjectsInit = findObjectsInit;
  list.C_FindObjects = findObjects;
  list.C_FindObjectsFinal = findObjectsFinal;
}

}  // namespace sealferry::fake
