// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

namespace sealferry::contract {

/// Runs a program of the PATH to its end, without a shell; its output is thrown away. The exit code, or -1.
int runProgram(const std::vector<std::string>& arguments);

}  // namespace sealferry::contract
