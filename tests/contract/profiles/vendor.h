// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "cases.h"
#include "token_profile/samples.h"

namespace sealferry::contract {

using namespace profile;

/// A key, and a vendor's tool that looks at its files or objects without us.
class VendorKey {
 public:
  virtual ~VendorKey() = default;
  virtual std::string name() const = 0;
  virtual bool reset() = 0;
  virtual std::string serial() const = 0;
  virtual std::unique_ptr<Backend> backend() = 0;
  virtual std::optional<Bytes> look(const std::string& place) = 0;
  virtual bool put(const std::string& place, const Bytes& content) = 0;
  virtual std::size_t objects() = 0;  ///< on the key, whosever; 0 where the tool cannot tell
};

std::unique_ptr<VendorKey> softSkfVendor(Way way);
std::unique_ptr<VendorKey> fakeModuleVendor(Way way);
std::unique_ptr<VendorKey> softHsmVendor(Way way);

/// The profile of tests/profiles/NAME.json, read as policy reads it, and named for writing or not.
StorageProfile testProfile(const std::string& name, bool mayWrite);
constexpr const char* testProfiles[] = {"der", "base64", "base64-picture", "sealinfos", "bjca"};

}  // namespace sealferry::contract
