// SPDX-License-Identifier: Apache-2.0
#include "options.h"

#include <boost/program_options.hpp>
#include <cstdio>

#include "policy_file.h"

namespace sealferry::app {
namespace {

namespace po = boost::program_options;

template <class T>
void take(const po::variables_map& from, const char* name, std::optional<T>& to) {
  if (from.count(name) != 0) to = from[name].as<T>();
}

po::options_description known() {
  po::options_description all;
  const auto text = [] { return po::value<std::string>(); };
  const auto texts = [] { return po::value<std::vector<std::string>>()->composing(); };
  all.add_options()("help,h", "")("json", "")("strict", "")("across", "")("text-line", "")("pages", text())(
      "keyword", text())("reason", text())("digest", text())("padding", text())("key", text())("order", text())(
      "certificate", text())("encryption-certificate", text())("out", text())("content", text())("at", text())(
      "report", text())("browser", text())("nonce", text())("site", text())("new-key-pair", text())(
      "format", text()->default_value("pdf"))("seal", texts())("root", texts())("crl", texts())("ocsp", texts())(
      "word", texts());
#if SEALFERRY_DEV
  all.add_options()("config", text());
#endif
  return all;
}

Options collect(const po::variables_map& map) {
  Options options;
  options.policyFile = machinePolicyFile();
  if (map.count("config") != 0) options.policyFile = map["config"].as<std::string>();
  options.help = map.count("help") != 0;
  options.json = map.count("json") != 0;
  options.strict = map.count("strict") != 0;
  options.across = map.count("across") != 0;
  options.textLine = map.count("text-line") != 0;
  take(map, "pages", options.pages);
  take(map, "keyword", options.keyword);
  take(map, "reason", options.reason);
  take(map, "digest", options.digest);
  take(map, "padding", options.padding);
  options.format = map["format"].as<std::string>();
  take(map, "key", options.key);
  take(map, "order", options.order);
  take(map, "certificate", options.certificate);
  take(map, "encryption-certificate", options.encryptionCertificate);
  take(map, "out", options.out);
  take(map, "content", options.content);
  take(map, "at", options.at);
  take(map, "report", options.report);
  take(map, "browser", options.browser);
  take(map, "nonce", options.nonce);
  take(map, "site", options.site);
  take(map, "new-key-pair", options.algorithm);
  if (map.count("seal") != 0) options.seals = map["seal"].as<std::vector<std::string>>();
  if (map.count("root") != 0) options.roots = map["root"].as<std::vector<std::string>>();
  if (map.count("crl") != 0) options.crls = map["crl"].as<std::vector<std::string>>();
  if (map.count("ocsp") != 0) options.ocspResponses = map["ocsp"].as<std::vector<std::string>>();
  if (map.count("word") != 0) options.words = map["word"].as<std::vector<std::string>>();
  if (!options.words.empty()) {
    options.command = options.words.front();
    options.words.erase(options.words.begin());
  }
  return options;
}

}  // namespace

std::optional<Options> readOptions(int count, char** values) {
  try {
    po::positional_options_description words;
    words.add("word", -1);
    po::variables_map map;
    const auto style = po::command_line_style::default_style & ~po::command_line_style::allow_guessing;
    po::store(po::command_line_parser(count, values).options(known()).positional(words).style(style).run(), map);
    return collect(map);
  } catch (const po::error& error) {
    std::fprintf(stderr, "sealferry: %s\n", error.what());
    return std::nullopt;
  }
}

}  // namespace sealferry::app
