// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "policy/right.h"
#include "policy/storage_profile.h"

namespace sealferry::policy {

struct Module {
  std::string kind;  ///< "pkcs11" or "skf"
  std::filesystem::path path;
  std::vector<std::string> options{};  ///< `name=value`: how this vendor's library was compiled (skf)
  /// What tells that its keys came or went: "auto", "pcsc" (the reader service), "module" (its own events, where they
  /// are known to be good), "poll" (nothing: it is asked now and then).
  std::string events = "auto";
  std::vector<std::string> profiles{};  ///< names of the storage profiles through which its keys may be written
};

/// What only a development build reads from the file given with --config.
struct Development {
  std::filesystem::path prompt;              ///< script of a window that answers by itself
  std::vector<std::string> workerArguments;  ///< handed to every worker
  std::filesystem::path userFolder;          ///< instead of the user's configuration folder
  std::int64_t clockOffset = 0;              ///< seconds added to the clock
  unsigned callMilliseconds = 0;             ///< deadline of one call of a driver; 0 for the usual one
};

/// Machine policy (docs/policy.md). The defaults trust nothing.
struct Policy {
  std::vector<Module> modules;
  std::set<std::string> trustedSites;        ///< exact origins
  std::map<std::string, Rights> siteRights;  ///< instead of the default rights of a trusted site
  bool userMayTrust = true, allowLocalhost = false, allowFrames = false;
  std::set<std::string> allowHttp;  ///< http origins treated as if they were https
  std::vector<std::filesystem::path> sealRoots, orderRoots, crls, ocspResponses;  ///< patterns already expanded
  std::vector<StorageProfile> profiles;   ///< those whose files are named: for reading
  std::vector<std::string> orderSigners;  ///< SHA-256 of pinned signers' certificates, hexadecimal
  std::string pinPrompt = "auto";
  std::uint64_t documentMiB = 2048;
  std::string logLevel = "info", logPath = "auto";
  std::optional<std::string> helpline;  ///< shown in windows: 联系客服{电话}
  Development development;

  std::vector<std::string> problems;  ///< in stable words with the member's name, for doctor and status
  bool readable = true;               ///< false: the file was there and could not be used, so nothing is trusted
};

/// Reads the file; a file that is absent gives the defaults, one that cannot be read or parsed trusts nothing.
Policy loadPolicy(const std::filesystem::path& file, bool development);

}  // namespace sealferry::policy
