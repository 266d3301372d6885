// SPDX-License-Identifier: Apache-2.0
#include "call.h"

#include <cstring>

namespace sealferry::softkey {

void pullAll() {
  for (const auto& folder : keyFolders()) Device(folder).pull();
}

Status give(ByteView content, Byte* buffer, Ulong* length) {
  if (length == nullptr) return Status::invalidParameter;
  const auto room = *length;
  *length = static_cast<Ulong>(content.size());
  if (buffer == nullptr) return Status::ok;
  if (room < content.size()) return Status::bufferTooSmall;
  if (!content.empty()) std::memcpy(buffer, content.data(), content.size());
  return Status::ok;
}

/// Each with a zero at its end, and another one after the last.
Status give(const std::vector<std::string>& names, Text buffer, Ulong* length) {
  Bytes list;
  for (const auto& name : names) {
    list.insert(list.end(), name.begin(), name.end());
    list.push_back(0);
  }
  list.push_back(0);
  if (names.empty()) list.push_back(0);
  return give(list, reinterpret_cast<Byte*>(buffer), length);
}

std::string textOf(const char* text, std::size_t most) {
  return text == nullptr ? std::string() : std::string(text, strnlen(text, most));
}

ByteView viewOf(const Byte* bytes, Ulong size) {
  return bytes == nullptr ? ByteView{} : ByteView(bytes, static_cast<std::size_t>(size));
}

}  // namespace sealferry::softkey
