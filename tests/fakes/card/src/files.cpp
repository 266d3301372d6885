// SPDX-License-Identifier: Apache-2.0
#include "files.h"

#include <algorithm>
#include <array>

#include "card/tlv.h"

namespace sealferry::card {
namespace {

/// The applet itself; it answers with the version of its commands and what it can: 1 extended APDUs, 2 random, 4 EC.
constexpr std::array<std::uint8_t, 12> applet{0xF2, 0x76, 0xA2, 0x88, 0xBC, 0xFB, 0xA6, 0x9D, 0x34, 0xF3, 0x10, 0x01};
const Bytes appletAnswer{0x00, 0x06, 0x07};

/// Where in tag 86 each right stands.
constexpr std::size_t toDelete = 1, toUpdate = 6, toRead = 7, accessBytes = 8;
constexpr std::uint16_t masterFile = 0x3F00;
constexpr std::uint8_t folderKind = 0x38, fileKind = 0x01;
constexpr std::size_t mostContent = 0xFFFF, mostFiles = 1024, mostDepth = 6;

std::uint16_t two(ByteView at) { return static_cast<std::uint16_t>(at[0] << 8 | at[1]); }
Bytes bytesOf(std::size_t value) {
  return {static_cast<std::uint8_t>(value >> 8 & 0xFF), static_cast<std::uint8_t>(value & 0xFF)};
}

std::optional<Path> pathOf(ByteView data) {
  if (data.size() % 2 != 0) return std::nullopt;
  Path path;
  for (; !data.empty(); data = data.subspan(2)) path.push_back(two(data));
  return path;
}

Path joined(Path path, const Path& more) {
  path.insert(path.end(), more.begin(), more.end());
  return path;
}

Path parentOf(Path path) {
  if (!path.empty()) path.pop_back();
  return path;
}

/// READ, UPDATE and ERASE BINARY: fifteen bits of P1-P2.
std::size_t offsetOf(const Command& command) { return static_cast<std::size_t>(command.p1 & 0x7F) << 8 | command.p2; }

}  // namespace

void Files::reset() {
  folder_.clear();
  file_.reset();
}

File* Files::current() {
  if (!file_) return nullptr;
  const auto found = state_.files.find(*file_);
  return found == state_.files.end() ? nullptr : &found->second;
}

bool Files::permits(const File& file, std::size_t which) const {
  return file.access.size() != accessBytes || pins_.permits(file.access[which]);
}

Answer Files::description(const Path& path) const {
  const auto& file = state_.files.at(path);
  Bytes inner, outer;
  if (!file.folder) appendTlv(inner, 0x80, bytesOf(file.content.size()));
  appendTlv(inner, 0x82, Bytes{file.folder ? folderKind : fileKind});
  appendTlv(inner, 0x83, bytesOf(path.empty() ? masterFile : path.back()));
  if (!file.name.empty()) appendTlv(inner, 0x84, file.name);
  if (!file.access.empty()) appendTlv(inner, 0x86, file.access);
  appendTlv(inner, 0x8A, Bytes{0x05});  // operational, activated
  appendTlv(outer, 0x6F, inner);
  return {outer};
}

Answer Files::enter(const Path& path, bool describe) {
  const auto found = state_.files.find(path);
  if (found == state_.files.end()) return refuse(status::noFile);
  folder_ = found->second.folder ? path : parentOf(path);
  file_ = found->second.folder ? std::nullopt : std::optional(path);
  return describe ? description(path) : Answer{};
}

Answer Files::selectName(ByteView name, bool describe) {
  if (std::ranges::equal(name, applet)) {
    reset();
    return {appletAnswer};
  }
  for (const auto& [path, file] : state_.files)
    if (!name.empty() && std::ranges::equal(file.name, name)) return enter(path, describe);
  return refuse(status::noFile);
}

/// A file by its identifier alone: below the current folder, beside it, or below the master file.
std::optional<Path> Files::near(std::uint16_t id) const {
  if (id == masterFile) return Path{};
  for (const auto& from : {folder_, parentOf(folder_), Path{}})
    if (auto path = joined(from, {id}); state_.files.contains(path)) return path;
  return std::nullopt;
}

std::optional<Path> Files::find(const Command& command) const {
  const auto path = pathOf(command.data);
  if (!path) return std::nullopt;
  switch (command.p1) {
    case 0x00:
      if (path->size() <= 1) return near(path->empty() ? masterFile : path->front());
      return joined(folder_, *path);
    case 0x08:
      return path;
    case 0x09:
      return joined(folder_, *path);
    default:
      return std::nullopt;
  }
}

Answer Files::select(const Command& command) {
  constexpr std::uint8_t noDescription = 0x0C;
  const bool describe = (command.p2 & noDescription) != noDescription;
  if (command.p1 == 0x04) return selectName(command.data, describe);
  if (command.p1 != 0x00 && command.p1 != 0x08 && command.p1 != 0x09) return refuse(status::wrongParameters);
  const auto path = find(command);
  if (!path) return refuse(status::noFile);
  return enter(*path, describe);
}

/// `parameters` is the content of tag 62.
Answer Files::add(ByteView parameters) {
  const auto all = parseTlvs(parameters);
  if (!all) return refuse(status::wrongData);
  const auto id = valueOf(*all, 0x83), kind = valueOf(*all, 0x82);
  const auto size = valueOf(*all, 0x80) ? valueOf(*all, 0x80) : valueOf(*all, 0x81);  // with or without structure
  const auto name = valueOf(*all, 0x84), access = valueOf(*all, 0x86);
  if (!id || id->size() != 2 || !kind || kind->empty()) return refuse(status::wrongData);
  if (size && size->size() != 2) return refuse(status::wrongData);
  if ((name && name->size() > 16) || (access && access->size() != accessBytes)) return refuse(status::wrongData);
  const auto path = joined(folder_, {two(*id)});
  if (state_.files.contains(path)) return refuse(status::exists);
  const bool folder = ((*kind)[0] & folderKind) == folderKind;
  const std::size_t wanted = size && !folder ? two(*size) : 0;
  if (state_.files.size() >= mostFiles || path.size() > mostDepth || state_.bytesInFiles() + wanted > limit)
    return refuse(status::noMemory);
  File file{.folder = folder, .content = Bytes(wanted)};
  if (name) file.name = copyOf(*name);
  if (access) file.access = copyOf(*access);
  state_.files[path] = std::move(file);
  return enter(path, false);
}

Answer Files::create(const Command& command) {
  const auto all = parseTlvs(command.data);
  if (!all || all->size() != 1) return refuse(status::wrongData);
  return add(all->front().value);
}

Answer Files::remove(const Command& command) {
  auto path = file_.value_or(folder_);
  if (!command.data.empty()) {
    if (command.data.size() % 2 != 0) return refuse(status::wrongData);
    path = joined(folder_, {two(ByteView(command.data).last(2))});
  }
  const auto found = state_.files.find(path);
  if (path.empty() || found == state_.files.end()) return refuse(status::noFile);
  if (!permits(found->second, toDelete)) return refuse(status::notPermitted);
  const auto below = [&](const auto& entry) {
    return entry.first.size() >= path.size() && std::equal(path.begin(), path.end(), entry.first.begin());
  };
  std::erase_if(state_.files, below);
  return enter(parentOf(path), false);
}

Answer Files::read(const Command& command) {
  const auto* file = current();
  if (file == nullptr) return refuse(status::noCurrentFile);
  if (!permits(*file, toRead)) return refuse(status::notPermitted);
  const auto offset = offsetOf(command);
  if (offset > file->content.size()) return refuse(status::wrongOffset);
  const auto rest = ByteView(file->content).subspan(offset);
  return {copyOf(rest.first(std::min(rest.size(), command.expected)))};
}

Answer Files::update(const Command& command) {
  auto* file = current();
  if (file == nullptr) return refuse(status::noCurrentFile);
  if (!permits(*file, toUpdate)) return refuse(status::notPermitted);
  const auto offset = offsetOf(command);
  if (offset + command.data.size() > file->content.size()) return refuse(status::noMemory);
  std::ranges::copy(command.data, file->content.begin() + static_cast<std::ptrdiff_t>(offset));
  return {};
}

Answer Files::erase(const Command& command) {
  auto* file = current();
  if (file == nullptr) return refuse(status::noCurrentFile);
  if (!permits(*file, toUpdate)) return refuse(status::notPermitted);
  const auto offset = offsetOf(command);
  if (offset > file->content.size()) return refuse(status::wrongOffset);
  std::fill(file->content.begin() + static_cast<std::ptrdiff_t>(offset), file->content.end(), std::uint8_t{0});
  return {};
}

}  // namespace sealferry::card
