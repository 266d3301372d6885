// SPDX-License-Identifier: Apache-2.0
#include "picture.h"

#include <array>

namespace sealferry::token::profile {
namespace {

using namespace std::string_view_literals;

struct Beginning {
  std::string_view kind, bytes;
};
constexpr auto beginnings = std::to_array<Beginning>({{"PNG", "\x89PNG\r\n\x1a\n"sv},
                                                      {"GIF", "GIF87a"sv},
                                                      {"GIF", "GIF89a"sv},
                                                      {"JPG", "\xff\xd8\xff"sv},
                                                      {"BMP", "BM"sv}});

bool beginsWith(ByteView file, std::string_view bytes) {
  return file.size() > bytes.size() && textOf(file.first(bytes.size())) == bytes;
}

/// "BM" is two letters of any text: bytes 6 to 9 of a bitmap are zeroes, and the size of its second head follows.
bool isBitmap(ByteView file) {
  return file.size() >= 18 && (file[6] | file[7] | file[8] | file[9]) == 0 && file[15] == 0 && file[16] == 0 &&
         file[17] == 0;
}

}  // namespace

std::string_view pictureKind(ByteView file) {
  for (const auto& [kind, bytes] : beginnings)
    if (beginsWith(file, bytes) && (kind != "BMP" || isBitmap(file))) return kind;
  return {};
}

}  // namespace sealferry::token::profile
