// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>

namespace sealferry::app {

/// /etc/sealferry/policy.json
std::filesystem::path machinePolicyFile();
/// $XDG_STATE_HOME/sealferry, else ~/.local/state/sealferry: what is remembered and would not be missed for long.
std::filesystem::path stateFolder();
/// The folder this program lies in: the worker and the document child lie beside it.
std::filesystem::path programFolder();
/// $XDG_CONFIG_HOME/sealferry, else ~/.config/sealferry: the user's trusted sites.
std::filesystem::path userFolder();

}  // namespace sealferry::app
