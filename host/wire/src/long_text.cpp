// SPDX-License-Identifier: Apache-2.0
#include "long_text.h"

namespace sealferry::wire {
namespace {

constexpr std::size_t longText = 16 * 1024;

/// Goes from string to string of a JSON text. Outside of strings JSON has no quotation marks.
class Strings {
 public:
  explicit Strings(std::string_view text) : text_(text) {}

  /// The next string between its quotation marks; nothing at the end, or where one does not end.
  std::optional<std::string_view> next() {
    const auto open = text_.find('"', at_);
    if (open == std::string_view::npos) return std::nullopt;
    const auto close = closing(open + 1);
    if (close == std::string_view::npos) return std::nullopt;
    at_ = close + 1;
    return text_.substr(open + 1, close - open - 1);
  }

 private:
  /// Both marks are looked for at most once from each place, however many escapes there are.
  std::size_t closing(std::size_t from) const {
    auto quote = text_.find('"', from);
    auto escape = text_.find('\\', from);
    while (escape < quote) {
      from = escape + 2;
      if (quote < from) quote = text_.find('"', from);
      escape = text_.find('\\', from);
    }
    return quote;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<Shortened> withoutLongTexts(std::string_view message) {
  if (message.size() < longText) return std::nullopt;
  Shortened out;
  Strings strings(message);
  const char* kept = message.data();
  for (std::size_t number = 0; const auto text = strings.next(); ++number) {
    if (text->size() < longText) continue;
    auto bytes = fromBase64(*text);
    if (!bytes) continue;
    out.text.append(kept, text->data());
    kept = text->data() + text->size();
    out.values.emplace(number, *std::move(bytes));
  }
  if (out.values.empty()) return std::nullopt;
  out.text.append(kept, message.data() + message.size());
  return out;
}

}  // namespace sealferry::wire
