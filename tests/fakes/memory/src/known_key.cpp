// SPDX-License-Identifier: Apache-2.0
#include "memory/known_key.h"

#include <fstream>
#include <set>
#include <sstream>

namespace sealferry::token {
namespace {

namespace fs = std::filesystem;

std::string textOf(const fs::path& path) {
  std::ostringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  return content.str();
}

void addPair(MemoryKey& key, const fs::path& pem) {
  const bool encrypts = pem.filename().string().starts_with("encrypt");
  const auto id = key.addKeyPair(soft::Key::fromPem(textOf(pem)), encrypts ? KeyUse::encryption : KeyUse::signing);
  auto der = pem;
  (void)key.importCertificate(id, viewOf(textOf(der.replace_extension(".der"))));
}

void lookOutside(MemoryKey& key, const fs::path& folder) {
  const bool pulled = fs::exists(folder / "pulled");
  if (pulled && key.present()) key.pull();
  if (!pulled && !key.present()) key.plug();
  if (const auto free = textOf(folder / "limit"); !free.empty()) {
    key.memoryLimit = key.usedBytes() + std::stoull(free);
    fs::remove(folder / "limit");
  }
  if (fs::remove(folder / "mustchange")) key.mustChangePin = true;
}

}  // namespace

std::shared_ptr<MemoryKey> memoryKeyFrom(const fs::path& folder) {
  auto key = std::make_shared<MemoryKey>();
  std::set<fs::path> pems;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".pem") pems.insert(entry.path());
  for (const auto& pem : pems) addPair(*key, pem);
  key->weather = [folder](MemoryKey& one) { lookOutside(one, folder); };
  return key;
}

}  // namespace sealferry::token
