// SPDX-License-Identifier: Apache-2.0
#include "base/time.h"

#include <chrono>
#include <cstdio>

namespace sealferry {
namespace {

using namespace std::chrono;

/// `count` digits at the front of the text, taken off it; -1 if they are not digits.
int takeNumber(std::string_view& text, std::size_t count) {
  if (text.size() < count) return -1;
  int value = 0;
  for (const char digit : text.substr(0, count)) {
    if (digit < '0' || digit > '9') return -1;
    value = value * 10 + (digit - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool takeChar(std::string_view& text, std::string_view oneOf) {
  if (text.empty() || oneOf.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

void dropFraction(std::string_view& text) {
  if (!takeChar(text, ".")) return;
  while (takeChar(text, "0123456789")) {
  }
}

/// Seconds east of UTC: "Z", "+08:00", "-05:30".
std::optional<int> takeOffset(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() != 6 || text[3] != ':') return std::nullopt;
  const int sign = text[0] == '+' ? 1 : text[0] == '-' ? -1 : 0;
  auto rest = text.substr(1);
  const int hour = takeNumber(rest, 2);
  takeChar(rest, ":");
  const int minute = takeNumber(rest, 2);
  if (sign == 0 || hour < 0 || hour > 23 || minute < 0 || minute > 59) return std::nullopt;
  return sign * (hour * 3600 + minute * 60);
}

}  // namespace

std::string toRfc3339(Time time) {
  const sys_seconds moment{seconds{time}};
  const auto day = floor<days>(moment);
  const year_month_day date{day};
  const hh_mm_ss clock{moment - day};
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text;
}

std::optional<Time> fromRfc3339(std::string_view text) {
  const int y = takeNumber(text, 4);
  if (!takeChar(text, "-")) return std::nullopt;
  const int m = takeNumber(text, 2);
  if (!takeChar(text, "-")) return std::nullopt;
  const int d = takeNumber(text, 2);
  if (!takeChar(text, "Tt")) return std::nullopt;
  const int hour = takeNumber(text, 2);
  if (!takeChar(text, ":")) return std::nullopt;
  const int minute = takeNumber(text, 2);
  if (!takeChar(text, ":")) return std::nullopt;
  const int second = takeNumber(text, 2);
  dropFraction(text);
  const auto offset = takeOffset(text);
  if (y < 0 || m < 0 || d < 0 || hour < 0 || minute < 0 || second < 0 || !offset) return std::nullopt;
  const year_month_day date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
  if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  const auto moment = sys_days{date} + hours{hour} + minutes{minute} + seconds{second} - seconds{*offset};
  return duration_cast<seconds>(moment.time_since_epoch()).count();
}

}  // namespace sealferry
