// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "service.h"
#include "wire/messages.h"

namespace sealferry::app {

/// Runs one operation for the person at the terminal: the same code that a page's request reaches. Progress and windows
/// are told on stderr. `site` is for whom a login is proved.
Result<std::string> runForTerminal(Service& service, std::string method, wire::Params params, std::string site = {});

/// The content of a file of at most `largest` bytes.
Result<Bytes> readFile(const std::string& path, std::uintmax_t largest);
Result<void> writeFile(const std::string& path, ByteView content);

/// A document of an earlier answer.
Result<Bytes> fetchDocument(Service& service, const std::string& handle);

}  // namespace sealferry::app
