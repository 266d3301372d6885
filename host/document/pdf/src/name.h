// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <qpdf/QPDFObjectHandle.hh>
#include <string>

namespace sealferry::pdf {

/// Is the value this name, with its slash?
inline bool isName(QPDFObjectHandle value, const char* name) { return value.isName() && value.getName() == name; }

/// The name under a key; empty if there is none.
inline std::string nameIn(QPDFObjectHandle dictionary, const std::string& key) {
  auto value = dictionary.getKey(key);
  return value.isName() ? value.getName() : std::string();
}

}  // namespace sealferry::pdf
