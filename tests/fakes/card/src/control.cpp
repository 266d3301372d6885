// SPDX-License-Identifier: Apache-2.0
#include "card/control.h"

#include <charconv>
#include <fstream>
#include <sstream>
#include <string>

namespace sealferry::card {
namespace {

template <class T>
std::optional<T> numberOf(const std::string& text, int base = 10) {
  T value{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Wishes::Moment> momentOf(const std::string& word) {
  if (word == "before") return Wishes::Moment::before;
  if (word == "after") return Wishes::Moment::after;
  return std::nullopt;
}

void takeUnplug(std::istringstream& words, Wishes& wishes) {
  std::string when, count, ins;
  words >> when >> count >> ins;
  const auto moment = momentOf(when);
  const auto at = numberOf<unsigned>(count);
  if (!moment || !at) return;
  wishes.unplug = *moment;
  wishes.at = *at;
  wishes.ins = numberOf<std::uint8_t>(ins, 16);
}

void takeLine(const std::string& line, Wishes& wishes) {
  std::istringstream words(line);
  std::string what, value;
  words >> what;
  if (what == "unplug") return takeUnplug(words, wishes);
  words >> value;
  const auto number = numberOf<std::uint32_t>(value);
  if (!number) return;
  if (what == "limit") wishes.limit = *number;
  if (what == "delay") wishes.delay = std::chrono::milliseconds(*number);
}

}  // namespace

Wishes parseWishes(std::string_view text) {
  Wishes wishes;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) takeLine(line, wishes);
  return wishes;
}

void Control::refresh() {
  if (file_.empty()) return;
  std::ifstream in(file_, std::ios::binary);
  std::stringstream all;
  all << in.rdbuf();
  if (all.str() == text_) return;
  text_ = all.str();
  wishes_ = parseWishes(text_);
  count_ = 0;
}

Wishes::Moment Control::enter(std::uint8_t ins) {
  refresh();
  if (wishes_.ins && *wishes_.ins != ins) return Wishes::Moment::never;
  return ++count_ == wishes_.at ? wishes_.unplug : Wishes::Moment::never;
}

}  // namespace sealferry::card
