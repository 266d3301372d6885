// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace sealferry::pki {

enum class Access { everybody, owner };  ///< 0644 and 0755, or 0600 and 0700

/// At most 16 MiB. internal with the errno if it cannot be read.
Result<Bytes> readFile(const std::filesystem::path& path);
/// Whole or not at all: beside it, then renamed into place. Makes no folders.
Result<void> writeFile(const std::filesystem::path& path, ByteView content, Access access);
/// With its parents; those get the same access where they are made.
Result<void> makeFolder(const std::filesystem::path& path, Access access);
/// The files of a folder with this extension, in order of name; none if there is no such folder.
std::vector<std::filesystem::path> filesIn(const std::filesystem::path& folder, const std::string& extension);

}  // namespace sealferry::pki
