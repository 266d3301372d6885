// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace sealferry::token::profile {

/// Walks over XML of the plainest kind: elements without attributes, text, the five entities every XML has. What goes
/// beyond it (document types, processing instructions but the first, comments, CDATA) is refused, and with it every
/// trick that needs it.
class XmlCursor {
 public:
  explicit XmlCursor(std::string_view text) : rest_(text) {}

  void skipDeclaration();  ///< <?xml …?>, if there is one
  void skipBlanks();
  /// Takes `<name>` and answers the name; nothing, and nothing taken, if there is no opening tag.
  std::optional<std::string> open();
  bool close(std::string_view name);  ///< takes `</name>`
  /// The text up to the next tag, entities replaced; nothing for an unknown entity.
  std::optional<std::string> text();
  /// Over whatever is in an element that was opened, its closing tag included.
  bool skip(std::string_view name);
  bool finished() const { return rest_.empty(); }
  /// The element that was opened last was `<name/>`: it has no closing tag.
  bool wasEmpty() const { return empty_; }

 private:
  bool take(std::string_view token);
  std::string_view rest_;
  bool empty_ = false;
};

/// The text with what has a meaning in XML replaced by entities.
std::string escaped(std::string_view text);

}  // namespace sealferry::token::profile
