// SPDX-License-Identifier: Apache-2.0
#include "page_text.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <new>
#include <set>
#include <unordered_map>

namespace sealferry::pdf {
namespace {

constexpr std::size_t mostGlyphs = 1'000'000;
constexpr std::size_t mostFonts = 500;
constexpr std::size_t deepestState = 256;
constexpr int deepestForm = 8;
constexpr int mostForms = 2000;
constexpr std::size_t mostOperands = 4096;

/// §8.4.1 and §9.3, as far as text needs it.
struct State {
  Matrix toUser;
  std::shared_ptr<const Font> font;
  double size = 0, characterSpacing = 0, wordSpacing = 0, stretch = 1, leading = 0, rise = 0;
};

/// What all the content streams of a page have in common.
struct Collected {
  Fonts& fonts;
  std::vector<Glyph> glyphs;
  std::set<QPDFObjGen> open;  ///< forms that are being drawn: one that draws itself is left alone
  int forms = 0;
};

class Interpreter : public QPDFObjectHandle::ParserCallbacks {
 public:
  Interpreter(Collected& all, QPDFObjectHandle resources, const State& state, int depth)
      : all_(all), resources_(resources), state_(state), depth_(depth) {}

  void handleObject(QPDFObjectHandle object, std::size_t, std::size_t) override {
    if (!object.isOperator()) {
      if (operands_.size() < mostOperands) operands_.push_back(object);
      return;
    }
    const auto found = operators().find(object.getOperatorValue());
    if (found != operators().end() && all_.glyphs.size() < mostGlyphs) found->second(*this);
    operands_.clear();
  }
  void handleEOF() override {}

 private:
  using Operator = std::function<void(Interpreter&)>;

  /// ISO 32000-1 annex A.
  static const std::unordered_map<std::string, Operator>& operators() {
    static const std::unordered_map<std::string, Operator> table = {
        {"q", [](auto& me) { me.save(); }},
        {"Q", [](auto& me) { me.restore(); }},
        {"cm", [](auto& me) { me.state_.toUser = me.matrix() * me.state_.toUser; }},
        {"BT", [](auto& me) { me.line_ = me.text_ = Matrix(); }},
        {"Tc", [](auto& me) { me.state_.characterSpacing = me.real(0); }},
        {"Tw", [](auto& me) { me.state_.wordSpacing = me.real(0); }},
        {"Tz", [](auto& me) { me.state_.stretch = me.real(0) / 100; }},
        {"TL", [](auto& me) { me.state_.leading = me.real(0); }},
        {"Ts", [](auto& me) { me.state_.rise = me.real(0); }},
        {"Tf", [](auto& me) { me.selectFont(); }},
        {"Td", [](auto& me) { me.moveLine(me.real(0), me.real(1)); }},
        {"TD",
         [](auto& me) {
           me.state_.leading = -me.real(1);
           me.moveLine(me.real(0), me.real(1));
         }},
        {"Tm", [](auto& me) { me.line_ = me.text_ = me.matrix(); }},
        {"T*", [](auto& me) { me.nextLine(); }},
        {"Tj", [](auto& me) { me.show(me.operand(0)); }},
        {"TJ", [](auto& me) { me.showAll(me.operand(0)); }},
        {"'",
         [](auto& me) {
           me.nextLine();
           me.show(me.operand(0));
         }},
        {"\"",
         [](auto& me) {
           me.state_.wordSpacing = me.real(0);
           me.state_.characterSpacing = me.real(1);
           me.nextLine();
           me.show(me.operand(2));
         }},
        {"Do", [](auto& me) { me.drawForm(); }}};
    return table;
  }

  QPDFObjectHandle operand(std::size_t at) const {
    return at < operands_.size() ? operands_[at] : QPDFObjectHandle::newNull();
  }
  double real(std::size_t at) const {
    auto value = operand(at);
    const double real = value.isNumber() ? value.getNumericValue() : 0;
    return std::isfinite(real) ? real : 0;
  }
  Matrix matrix() const { return {real(0), real(1), real(2), real(3), real(4), real(5)}; }

  void save() {
    if (saved_.size() < deepestState) saved_.push_back(state_);
  }
  void restore() {
    if (saved_.empty()) return;
    state_ = saved_.back();
    saved_.pop_back();
  }

  void moveLine(double x, double y) { text_ = line_ = Matrix{1, 0, 0, 1, x, y} * line_; }
  void nextLine() { moveLine(0, -state_.leading); }

  QPDFObjectHandle resource(const std::string& kind, QPDFObjectHandle name) const {
    auto resources = resources_;
    if (!name.isName() || !resources.isInitialized() || !resources.isDictionary()) return QPDFObjectHandle::newNull();
    auto all = resources.getKey(kind);
    return all.isDictionary() ? all.getKey(name.getName()) : QPDFObjectHandle::newNull();
  }

  void selectFont() {
    state_.size = real(1);
    state_.font = all_.fonts.find(resource("/Font", operand(0)));
  }

  void showAll(QPDFObjectHandle array) {
    if (!array.isArray()) return;
    for (int i = 0; i < array.getArrayNItems(); ++i) {
      auto item = array.getArrayItem(i);
      if (item.isString()) show(item);
      if (item.isNumber()) advance(-item.getNumericValue() / 1000 * state_.size);
    }
  }

  void advance(double by) {
    const bool vertical = state_.font && state_.font->isVertical();
    text_ = (vertical ? Matrix{1, 0, 0, 1, 0, by} : Matrix{1, 0, 0, 1, by * state_.stretch, 0}) * text_;
  }

  void show(QPDFObjectHandle string) {
    if (!string.isString() || !state_.font) return;
    for (auto& letter : state_.font->decode(string.getStringValue())) {
      if (all_.glyphs.size() >= mostGlyphs) return;
      const double spacing = state_.characterSpacing + (letter.isSpace ? state_.wordSpacing : 0);
      if (!letter.text.empty()) add(letter);
      const double step = letter.advance * state_.size;
      advance(state_.font->isVertical() ? spacing - step : step + spacing);
    }
  }

  void add(Letter& letter) {
    const auto& font = *state_.font;
    const auto toUser = Matrix{state_.size * state_.stretch, 0, 0, state_.size, 0, state_.rise} * text_ * state_.toUser;
    const bool vertical = font.isVertical();
    const double left = vertical ? -0.5 : 0, right = vertical ? 0.5 : letter.advance;
    const double bottom = vertical ? -1 : font.descent(), top = vertical ? 0 : font.ascent();
    const Point corners[] = {toUser.apply(left, bottom), toUser.apply(right, bottom), toUser.apply(left, top),
                             toUser.apply(right, top)};
    const auto [minX, maxX] = std::minmax({corners[0].x, corners[1].x, corners[2].x, corners[3].x});
    const auto [minY, maxY] = std::minmax({corners[0].y, corners[1].y, corners[2].y, corners[3].y});
    if (!std::isfinite(minX + maxX + minY + maxY)) return;
    all_.glyphs.push_back({std::move(letter.text),
                           {minX, minY, maxX, maxY},
                           toUser.apply(0, 0),
                           vertical ? toUser.apply(0, -1) : toUser.apply(letter.advance, 0),
                           std::hypot(toUser.c, toUser.d)});
  }

  void drawForm() {
    auto form = resource("/XObject", operand(0));
    if (!form.isStream() || depth_ >= deepestForm || ++all_.forms > mostForms) return;
    auto dictionary = form.getDict();
    auto kind = dictionary.getKey("/Subtype");
    if (!kind.isName() || kind.getName() != "/Form" || !all_.open.insert(form.getObjGen()).second) return;
    auto state = state_;
    if (auto array = dictionary.getKey("/Matrix"); array.isArray() && array.getArrayNItems() == 6) {
      operands_ = array.getArrayAsVector();
      state.toUser = matrix() * state.toUser;
    }
    auto resources = dictionary.getKey("/Resources");
    Interpreter inner(all_, resources.isDictionary() ? resources : resources_, state, depth_ + 1);
    QPDFObjectHandle::parseContentStream(form, &inner);
    all_.open.erase(form.getObjGen());
  }

  Collected& all_;
  QPDFObjectHandle resources_;
  State state_;
  int depth_;
  Matrix text_, line_;
  std::vector<State> saved_;
  std::vector<QPDFObjectHandle> operands_;
};

}  // namespace

std::shared_ptr<const Font> Fonts::find(QPDFObjectHandle dictionary) {
  if (!dictionary.isDictionary()) return nullptr;
  if (!dictionary.isIndirect()) return std::make_shared<const Font>(dictionary);
  if (known_.size() > mostFonts) known_.clear();
  auto& font = known_[dictionary.getObjGen()];
  if (!font) font = std::make_shared<const Font>(dictionary);
  return font;
}

std::vector<Glyph> textOfPage(const Page& page, Fonts& fonts) {
  Collected all{fonts, {}, {}, 0};
  auto object = page.object;
  auto contents = object.getKey("/Contents");
  if (!contents.isStream() && !contents.isArray()) return {};
  Interpreter interpreter(all, page.resources, {}, 0);
  try {
    QPDFObjectHandle::parseContentStream(contents, &interpreter);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {
    // What came before the fault is text of the page nevertheless.
  }
  return std::move(all.glyphs);
}

}  // namespace sealferry::pdf
