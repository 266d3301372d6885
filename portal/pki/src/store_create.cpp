// SPDX-License-Identifier: Apache-2.0
#include "files.h"
#include "layout.h"
#include "refuse.h"

namespace sealferry::pki {
namespace {

constexpr Time day = 86'400, year = 365 * day;

/// All pairs of the demonstration, before anything is written.
struct Pairs {
  Authority keyRsa, keySm2, sealRoot, sealMaker, timeAuthority, orderRoot, orderSigner;
};

Subject named(const std::string& name) { return {.unit = "印渡演示 CA", .creditCode = "", .name = name}; }

/// Begins yesterday: machines that just met may differ in what they call now.
Result<Authority> root(KeyType type, const std::string& name, Time now) {
  return makeRoot(type, named(name), now - day, now + 20 * year);
}

Result<Authority> below(const Authority& above, KeyType type, Profile profile, const std::string& name, Time now) {
  auto key = PrivateKey::generate(type);
  if (!key) return passOn(key);
  auto certificate = issue(above, {profile, named(name), key->publicKeyInfo(), now - day, now + 5 * year});
  if (!certificate) return passOn(certificate);
  return Authority{*std::move(key), *std::move(certificate)};
}

Result<Pairs> makePairs(Time now) {
  auto keyRsa = root(KeyType::rsa3072, "印渡演示 证书根 RSA", now);
  auto keySm2 = root(KeyType::sm2, "印渡演示 证书根 SM2", now);
  auto sealRoot = root(KeyType::sm2, "印渡演示 签章根", now);
  auto orderRoot = root(KeyType::rsa3072, "印渡演示 授权根", now);
  for (const auto* made : {&keyRsa, &keySm2, &sealRoot, &orderRoot})
    if (!*made) return passOn(*made);
  auto sealMaker = below(*sealRoot, KeyType::sm2, Profile::sealMaker, "印渡演示 制章人", now);
  auto timeAuthority = below(*sealRoot, KeyType::sm2, Profile::timeAuthority, "印渡演示 时间戳", now);
  auto orderSigner = below(*orderRoot, KeyType::p256, Profile::orderSigner, "印渡演示 授权单签发", now);
  for (const auto* made : {&sealMaker, &timeAuthority, &orderSigner})
    if (!*made) return passOn(*made);
  return Pairs{*keyRsa, *keySm2, *sealRoot, *sealMaker, *timeAuthority, *orderRoot, *orderSigner};
}

Result<void> makeFolders(const Layout& layout) {
  const std::vector<std::filesystem::path> open{layout.folder,        layout.folder / "public", layout.roots("key"),
                                                layout.roots("seal"), layout.roots("order"),    layout.crls()};
  for (const auto& path : open)
    if (auto made = makeFolder(path, Access::everybody); !made) return made;
  const auto keyRoots = layout.orders() / "roots/key", sealRoots = layout.orders() / "roots/seal";
  for (const auto& path : {layout.issuing(), layout.orders(), layout.offline(), keyRoots, sealRoots})
    if (auto made = makeFolder(path, Access::owner); !made) return made;
  return {};
}

Result<void> writeCertificate(const std::filesystem::path& path, const Authority& pair) {
  return writeFile(path, viewOf(pair.certificate.pem()), Access::everybody);
}

Result<void> writeRoots(const Layout& layout, const Pairs& pairs) {
  const std::vector<std::pair<std::filesystem::path, const Authority*>> all{
      {layout.roots("key") / "rsa.pem", &pairs.keyRsa},          {layout.roots("key") / "sm2.pem", &pairs.keySm2},
      {layout.roots("seal") / "root.pem", &pairs.sealRoot},      {layout.roots("order") / "root.pem", &pairs.orderRoot},
      {layout.orders() / "roots/key/rsa.pem", &pairs.keyRsa},    {layout.orders() / "roots/key/sm2.pem", &pairs.keySm2},
      {layout.orders() / "roots/seal/root.pem", &pairs.sealRoot}};
  for (const auto& [path, pair] : all)
    if (auto written = writeCertificate(path, *pair); !written) return written;
  return {};
}

Result<void> writePairs(const Layout& layout, const Pairs& pairs) {
  if (auto done = writePair(layout.issuing(), "key-rsa", pairs.keyRsa); !done) return done;
  if (auto done = writePair(layout.issuing(), "key-sm2", pairs.keySm2); !done) return done;
  if (auto done = writePair(layout.issuing(), "seal-maker", pairs.sealMaker); !done) return done;
  if (auto done = writePair(layout.issuing(), "time-authority", pairs.timeAuthority); !done) return done;
  if (auto done = writePair(layout.orders(), "order-signer", pairs.orderSigner); !done) return done;
  if (auto done = writePair(layout.offline(), "seal-root", pairs.sealRoot); !done) return done;
  return writePair(layout.offline(), "order-root", pairs.orderRoot);
}

}  // namespace

Result<void> createStore(const std::filesystem::path& folder, Time now) {
  std::error_code ignored;
  if (std::filesystem::exists(folder) && !std::filesystem::is_empty(folder, ignored))
    return badField("createStore", "folder");
  const auto pairs = makePairs(now);
  if (!pairs) return passOn(pairs);
  const Layout layout{folder};
  if (auto done = makeFolders(layout); !done) return done;
  if (auto done = writePairs(layout, *pairs); !done) return done;
  if (auto done = writeRoots(layout, *pairs); !done) return done;
  return writeCrls(folder, now);
}

}  // namespace sealferry::pki
