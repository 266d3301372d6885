// SPDX-License-Identifier: Apache-2.0
#include "files.h"
#include "layout.h"

namespace sealferry::pki {

Result<Issuing> Issuing::open(const std::filesystem::path& folder) {
  const Layout layout{folder};
  auto rsa = readPair(layout.issuing(), "key-rsa");
  if (!rsa) return passOn(rsa);
  auto sm2 = readPair(layout.issuing(), "key-sm2");
  if (!sm2) return passOn(sm2);
  auto maker = readPair(layout.issuing(), "seal-maker");
  if (!maker) return passOn(maker);
  auto clock = readPair(layout.issuing(), "time-authority");
  if (!clock) return passOn(clock);
  auto keys = readAnchors(layout.roots("key"), layout.crls());
  if (!keys) return passOn(keys);
  auto seals = readAnchors(layout.roots("seal"), layout.crls());
  if (!seals) return passOn(seals);
  return Issuing(*rsa, *sm2, *maker, *clock, *keys, *seals);
}

Result<OrderKeys> openOrderKeys(const std::filesystem::path& ordersFolder) {
  auto signer = readPair(ordersFolder, "order-signer");
  if (!signer) return passOn(signer);
  auto keys = readAnchors(ordersFolder / "roots/key", {});
  if (!keys) return passOn(keys);
  auto seals = readAnchors(ordersFolder / "roots/seal", {});
  if (!seals) return passOn(seals);
  return OrderKeys{*std::move(signer), *std::move(keys), *std::move(seals)};
}

namespace {

Result<void> copyAll(const std::filesystem::path& from, const std::filesystem::path& to, const std::string& extension) {
  if (auto made = makeFolder(to, Access::everybody); !made) return made;
  for (const auto& path : filesIn(from, extension)) {
    const auto content = readFile(path);
    if (!content) return passOn(content);
    if (auto done = writeFile(to / path.filename(), *content, Access::everybody); !done) return done;
  }
  return {};
}

}  // namespace

Result<void> writePolicyFiles(const std::filesystem::path& folder, const std::filesystem::path& target) {
  const Layout layout{folder};
  for (const auto* kind : {"key", "seal", "order"})
    if (auto done = copyAll(layout.roots(kind), target / "roots" / kind, ".pem"); !done) return done;
  return copyAll(layout.crls(), target / "crls", ".crl");
}

}  // namespace sealferry::pki
