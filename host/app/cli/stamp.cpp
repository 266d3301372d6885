// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <charconv>
#include <cstdio>
#include <fstream>

#include "commands.h"
#include "print.h"
#include "run.h"
#include "whole_copy.h"

namespace sealferry::app {
namespace {

using nlohmann::json;

/// Where a signature usually stands on A4, lower right; moved inwards on a smaller page.
constexpr wire::StampPlace usualPlace{150, 240, true};

template <class Number>
std::optional<Number> readNumber(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::pair<std::string_view, std::string_view>> cutAt(std::string_view text, char mark) {
  const auto at = text.find(mark);
  if (at == std::string_view::npos) return std::nullopt;
  return std::pair{text.substr(0, at), text.substr(at + 1)};
}

std::optional<wire::PageRange> readRange(std::string_view text) {
  if (text == "all") return wire::PageRange{1, 0};
  if (text == "last") return wire::PageRange{0, 0};
  const auto ends = cutAt(text, '-').value_or(std::pair{text, text});
  const auto first = readNumber<std::uint32_t>(ends.first);
  const auto last = ends.second == "last" ? 0 : readNumber<std::uint32_t>(ends.second);
  if (!first || !last || *first == 0 || (*last == 0 && ends.second != "last")) return std::nullopt;
  return wire::PageRange{*first, *last};
}

/// "1,3-5", "all", "last", "2-last"
std::optional<std::vector<wire::PageRange>> readPages(std::string_view text) {
  std::vector<wire::PageRange> ranges;
  for (bool more = true; more;) {
    const auto cut = cutAt(text, ',');
    const auto range = readRange(cut ? cut->first : text);
    if (!range) return std::nullopt;
    ranges.push_back(*range);
    more = cut.has_value();
    if (more) text = cut->second;
  }
  return ranges;
}

std::optional<wire::StampPlace> readPlace(std::string_view text) {
  const auto cut = cutAt(text, ',');
  const auto x = cut ? readNumber<double>(cut->first) : std::nullopt;
  const auto y = cut ? readNumber<double>(cut->second) : std::nullopt;
  if (!x || !y) return std::nullopt;
  return wire::StampPlace{*x, *y, true};
}

/// What the words ask for; nothing, and the reason on stderr, if they are off.
std::optional<wire::StampDocument> readWish(const Options& options) {
  const auto off = [](const char* what) {
    std::fprintf(stderr, "sealferry: %s\n", what);
    return std::nullopt;
  };
  wire::StampDocument wish;
  if (options.words.size() != 2 || options.seals.size() > 1) return off("stamp IN OUT, and at most one --seal");
  wish.serial = options.key;
  if (!options.seals.empty()) wish.seal = options.seals.front();
  wish.name = std::filesystem::path(options.words.front()).filename().string();
  wish.reason = options.reason;
  wish.textLine = options.textLine;
  wish.digest = options.digest;
  wish.padding = options.padding;
  if (options.keyword) wish.keyword = wire::StampKeyword{*options.keyword};
  if (options.across) wish.across.emplace();
  if (options.at && !(wish.at = readPlace(*options.at))) return off("--at is X,Y in mm from the top left");
  if (options.pages) {
    auto pages = readPages(*options.pages);
    if (!pages) return off("--pages is 1,3-5 or all or last");
    wish.pages = *std::move(pages);
  }
  if (!wish.at && (!wish.pages.empty() || (!wish.keyword && !wish.across))) wish.at = usualPlace;
  return wish;
}

bool isOneOf(const std::optional<std::string>& word, std::initializer_list<std::string_view> known) {
  return !word || std::ranges::find(known, *word) != known.end();
}

/// OFD is a ZIP archive.
bool looksLikeOfd(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::array<char, 4> head{};
  return file.read(head.data(), head.size()) && std::string_view(head.data(), head.size()) == "PK\x03\x04";
}

Result<json> stampInto(Service& service, const WholeCopy& copy, wire::StampDocument wish) {
  auto file = copy.file();
  if (!file) return passOn(file);
  const auto handle = service.context.documents.adopt({}, *std::move(file), copy.digest());
  if (!handle) return passOn(handle);
  wish.document = *handle;
  const auto answer = runForTerminal(service, "stampDocument", std::move(wish));
  if (!answer) return passOn(answer);
  auto parsed = json::parse(*answer);
  for (const auto* name : {"document", "size"}) parsed.erase(name);  // of the increment, which is in the file already
  return parsed;
}

int stampFailed(const Options& options, const Error& error) {
  printError(error, prompt::userLanguage(), options.json);
  const auto reason = error.detail.find("reason");
  const bool file = reason != error.detail.end() && (reason->second == "file" || reason->second == "sameFile");
  return file ? 2 : 1;
}

}  // namespace

int stampFile(const Options& options) {
  const auto wish = readWish(options);
  if (!wish) return 2;
  if (!isOneOf(options.digest, {"sha256", "sha384", "sha512"}) || !isOneOf(options.padding, {"pkcs1", "pss"})) {
    std::fprintf(stderr, "sealferry: --digest is sha256, sha384 or sha512, --padding pkcs1 or pss\n");
    return 2;
  }
  const auto& from = options.words[0];
  if (looksLikeOfd(from)) return stampFailed(options, Error{ErrorCode::not_available_yet, "stamp", 0, {}, {}});
  auto copy = WholeCopy::make(from, options.words[1]);
  if (!copy) return stampFailed(options, copy.error());
  auto service = serviceFor(options.policyFile);
  auto answer = stampInto(service, *copy, *wish);
  if (!answer) return stampFailed(options, answer.error());
  if (const auto placed = copy->put(); !placed) return stampFailed(options, placed.error());
  if (options.json) {
    std::printf("%s\n", answer->dump(2).c_str());
  } else {
    printAnswer(*answer);
  }
  return 0;
}

}  // namespace sealferry::app
