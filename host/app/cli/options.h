// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace sealferry::app {

/// The words of one call of `sealferry`. Members a command does not know are refused by options.cpp.
struct Options {
  std::string command;
  std::vector<std::string> words;  ///< what stands there without a name
  std::optional<std::string> key, order, certificate, encryptionCertificate, out, content, at, report, browser, nonce,
      site, algorithm, pages, keyword, reason, digest, padding;
  std::vector<std::string> seals, roots, crls, ocspResponses;
  std::string format = "pdf";
  bool json = false, strict = false, help = false, across = false, textLine = false;
  std::filesystem::path policyFile;
};

/// Nothing if the words are off; the reason was told on stderr.
std::optional<Options> readOptions(int count, char** values);

}  // namespace sealferry::app
