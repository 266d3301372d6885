// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace sealferry::policy {

/// A file that says where a vendor's tools look for seals, as it was read (docs/key-layout.md, "Storage profiles"). The
/// words are those of the file, and only known ones.
struct StorageProfile {
  struct Device {
    std::string manufacturer, model, serial;  ///< whole, or a beginning that ends with `*`; empty: any
  };
  std::string name;
  std::vector<Device> devices;
  std::string application, place;
  unsigned first = 1, count = 1;
  std::string encoding;                                   ///< "der" "base64" "base64-picture" "sealinfos" "bjca"
  std::string readRight = "anyone", writeRight = "user";  ///< "anyone" "user" "administrator" "nobody"
  std::uint32_t fixedBytes = 0, mostBytes = 65536;
  std::uint8_t padding = 0;
  std::string heightElement = "sealhight";
};

/// Nothing for a text that is no such file in every member.
std::optional<StorageProfile> readStorageProfile(ByteView json);

}  // namespace sealferry::policy
