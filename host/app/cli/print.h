// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <nlohmann/json.hpp>
#include <string>

#include "base/error.h"
#include "prompt/words.h"

namespace sealferry::app {

/// An answer for people: names and values, indented; pictures and certificates are left to --json.
void printAnswer(const nlohmann::json& answer);

/// A document's report, in words.
void printReport(const nlohmann::json& report, prompt::Language language);
/// The verdict on a seal or an SES signature, in words: what failed and why, and what is to be noted.
void printSealVerdict(const nlohmann::json& verdict, prompt::Language language);
/// Layer by layer with one advice for each that fails; the words of the error table.
void printStatus(const nlohmann::json& status, prompt::Language language);
/// SF-nnn with sentence and advice, on stderr; in JSON on stdout if asked.
void printError(const Error& error, prompt::Language language, bool json);

}  // namespace sealferry::app
