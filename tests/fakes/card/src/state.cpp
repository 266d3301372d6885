// SPDX-License-Identifier: Apache-2.0
#include "card/state.h"

#include <fstream>
#include <sstream>

#include "cbor/reader.h"
#include "cbor/writer.h"

namespace sealferry::card {
namespace {

namespace fs = std::filesystem;
using cbor::Reader;
using cbor::Writer;

constexpr std::uint64_t format = 1;
constexpr std::size_t mostFiles = 4096, mostDepth = 8, mostBytes = 1U << 16, mostKeys = 256;

void put(Writer& out, const Reference& reference) {
  out.array(4);
  out.bytes(reference.value);
  out.number(reference.triesLeft);
  out.number(reference.presented);
  out.number(reference.wrong);
}

void take(Reader& in, Reference& reference) {
  if (in.array(4) != 4) return in.refuse();
  reference.value = in.bytes(256);
  reference.triesLeft = static_cast<unsigned>(in.number(15));
  reference.presented = in.number();
  reference.wrong = in.number();
}

void put(Writer& out, const Path& path, const File& file) {
  out.array(5);
  out.array(path.size());
  for (const auto id : path) out.number(id);
  out.boolean(file.folder);
  out.bytes(file.name);
  out.bytes(file.access);
  out.bytes(file.content);
}

void take(Reader& in, std::map<Path, File>& files) {
  if (in.array(5) != 5) return in.refuse();
  Path path(in.array(mostDepth));
  for (auto& id : path) id = static_cast<std::uint16_t>(in.number(0xFFFF));
  File file;
  file.folder = in.boolean();
  file.name = in.bytes(16);
  file.access = in.bytes(8);
  file.content = in.bytes(mostBytes);
  files[path] = std::move(file);
}

}  // namespace

std::uint64_t State::bytesInFiles() const {
  std::uint64_t sum = 0;
  for (const auto& [path, file] : files) sum += file.content.size();
  return sum;
}

Bytes encode(const State& state) {
  Writer out;
  out.array(5);
  out.number(format);
  out.array(state.files.size());
  for (const auto& [path, file] : state.files) put(out, path, file);
  put(out, state.pin);
  put(out, state.puk);
  out.array(2 * state.keys.size());
  for (const auto& [reference, key] : state.keys) {
    out.number(reference);
    out.bytes(key);
  }
  return out.take();
}

std::optional<State> decode(ByteView image) {
  Reader in(image);
  State state;
  state.files.clear();
  if (in.array(5) != 5 || in.number() != format) return std::nullopt;
  for (auto left = in.array(mostFiles); left > 0 && in.good(); --left) take(in, state.files);
  take(in, state.pin);
  take(in, state.puk);
  for (auto left = in.array(2 * mostKeys); left > 1 && in.good(); left -= 2) {
    const auto reference = static_cast<std::uint8_t>(in.number(0xFF));
    state.keys[reference] = in.bytes(mostBytes);
  }
  if (!in.finished() || !state.files.contains(Path{})) return std::nullopt;
  return state;
}

std::optional<State> loadState(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  std::stringstream all;
  all << in.rdbuf();
  const auto text = all.str();
  return decode(viewOf(text));
}

bool saveState(const State& state, const fs::path& file) {
  auto fresh = file;
  fresh += ".new";
  const auto image = encode(state);
  std::ofstream out(fresh, std::ios::binary);
  out.write(reinterpret_cast<const char*>(image.data()), static_cast<std::streamsize>(image.size()));
  out.close();
  std::error_code problem;
  if (out) fs::rename(fresh, file, problem);
  return out && !problem;
}

}  // namespace sealferry::card
