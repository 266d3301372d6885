// SPDX-License-Identifier: Apache-2.0
#include "subject.h"

#include <cstdlib>

namespace sealferry::contract {

std::string nameOf(Capability capability) {
  switch (capability) {
    case Capability::rsa:
      return "rsa";
    case Capability::pss:
      return "pss";
    case Capability::ecdsa:
      return "ecdsa";
    case Capability::generate:
      return "generate";
    case Capability::pinLimit:
      return "pinLimit";
    case Capability::pinChange:
      return "pinChange";
    case Capability::unblock:
      return "unblock";
    case Capability::pukLimit:
      return "pukLimit";
    case Capability::mustChange:
      return "mustChange";
    case Capability::limit:
      return "limit";
    case Capability::memory:
      return "memory";
    case Capability::pull:
      return "pull";
    case Capability::persistent:
      return "persistent";
    case Capability::pullAtCall:
      return "pullAtCall";
    case Capability::pullAnywhere:
      return "pullAnywhere";
    case Capability::sm2:
      return "sm2";
    case Capability::envelope:
      return "envelope";
    case Capability::privateOnly:
      return "privateOnly";
    case Capability::pinEachTime:
      return "pinEachTime";
    case Capability::faults:
      return "faults";
  }
  return "?";
}

const KnownKeys& knownKeys() {
  static const KnownKeys known;
  return known;
}

Folder::Folder() {
  // Not plain ASCII: users' folders are not either.
  auto pattern = (std::filesystem::temp_directory_path() / "sealferry-测试-XXXXXX").string();
  path_ = mkdtemp(pattern.data());
}

void isolateLocks() {
  static const Folder folder;
  setenv("SEALFERRY_LOCK_FOLDER", folder.path().c_str(), 1);
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace sealferry::contract
