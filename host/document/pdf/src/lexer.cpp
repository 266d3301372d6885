// SPDX-License-Identifier: Apache-2.0
#include "lexer.h"

#include <optional>

namespace sealferry::pdf {
namespace {

constexpr std::size_t longestText = 127;

bool isSpace(int letter) {
  return letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t' || letter == '\f' || letter == 0;
}

bool isDelimiter(int letter) {
  return letter == '(' || letter == ')' || letter == '<' || letter == '>' || letter == '[' || letter == ']' ||
         letter == '{' || letter == '}' || letter == '/' || letter == '%';
}

bool isRegular(int letter) { return letter >= 0 && !isSpace(letter) && !isDelimiter(letter); }

int hexValue(int letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
  if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
  return -1;
}

std::optional<std::int64_t> integerIn(const std::string& text) {
  const bool isSigned = text[0] == '-' || text[0] == '+';
  std::int64_t number = 0;
  if (text.size() <= (isSigned ? 1 : 0)) return std::nullopt;
  for (std::size_t i = isSigned ? 1 : 0; i < text.size(); ++i) {
    if (text[i] < '0' || text[i] > '9' || number > INT64_MAX / 10 - 1) return std::nullopt;
    number = number * 10 + (text[i] - '0');
  }
  return text[0] == '-' ? -number : number;
}

}  // namespace

int Lexer::peek() {
  if (position_ < bufferStart_ || position_ >= bufferStart_ + bufferSize_) {
    bufferStart_ = position_;
    bufferSize_ = source_.readInto(position_, buffer_);
    if (bufferSize_ == 0) return -1;
  }
  return buffer_[static_cast<std::size_t>(position_ - bufferStart_)];
}

int Lexer::take() {
  const int letter = peek();
  if (letter >= 0) ++position_;
  return letter;
}

void Lexer::skipSpace() {
  for (;;) {
    while (isSpace(peek())) ++position_;
    if (peek() != '%') return;
    while (peek() >= 0 && peek() != '\n' && peek() != '\r') ++position_;
  }
}

void Lexer::skipLiteral() {
  for (int depth = 1; depth > 0;) {
    const int letter = take();
    if (letter < 0) return;
    if (letter == '\\') take();
    if (letter == '(') ++depth;
    if (letter == ')') --depth;
  }
}

void Lexer::readName(Token& token) {
  token.kind = Token::Kind::name;
  while (isRegular(peek())) {
    int letter = take();
    if (letter == '#') {
      const auto start = position_;
      const int high = hexValue(peek());
      if (high >= 0) ++position_;
      const int low = high < 0 ? -1 : hexValue(peek());
      if (low >= 0) {
        ++position_;
        letter = high * 16 + low;
      } else {
        position_ = start;
      }
    }
    if (token.text.size() < longestText) token.text.push_back(static_cast<char>(letter));
  }
}

void Lexer::readWord(Token& token) {
  token.kind = Token::Kind::word;
  while (isRegular(peek())) {
    const int letter = take();
    if (token.text.size() < longestText) token.text.push_back(static_cast<char>(letter));
  }
  if (token.text.empty()) {
    take();  // a brace or a stray parenthesis
    return;
  }
  if (const auto number = integerIn(token.text)) {
    token.kind = Token::Kind::integer;
    token.number = *number;
  }
}

Token Lexer::next() {
  using Kind = Token::Kind;
  skipSpace();
  Token token;
  token.begin = position_;
  const int letter = peek();
  const auto single = [&](Kind kind) {
    take();
    token.kind = kind;
  };
  if (letter == '/') {
    take();
    readName(token);
  } else if (letter == '(') {
    single(Kind::literal);
    skipLiteral();
  } else if (letter == '[') {
    single(Kind::openArray);
  } else if (letter == ']') {
    single(Kind::closeArray);
  } else if (letter == '<') {
    single(Kind::hexadecimal);
    if (peek() == '<') {
      single(Kind::openDictionary);
    } else {
      for (int inner = take(); inner >= 0 && inner != '>';) inner = take();
    }
  } else if (letter == '>') {
    single(Kind::word);
    if (peek() == '>') single(Kind::closeDictionary);
  } else if (letter >= 0) {
    readWord(token);
  }
  token.end = position_;
  return token;
}

}  // namespace sealferry::pdf
