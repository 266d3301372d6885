// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <map>
#include <sstream>

#include "files.h"
#include "layout.h"

namespace sealferry::pki {
namespace {

constexpr Time listLife = 30 * 86'400;

/// What was revoked, by the name of who issued it. Kept as lines "key-rsa <serial> <time>".
using Register = std::map<std::string, std::vector<Revoked>>;

Register readRegister(const Layout& layout) {
  Register out;
  const auto content = readFile(layout.revoked());
  std::istringstream lines(content ? textOf(*content) : std::string{});
  for (std::string issuer, serial, time; lines >> issuer >> serial >> time;)
    out[issuer].push_back({serial, fromRfc3339(time).value_or(0)});
  return out;
}

Result<void> writeRegister(const Layout& layout, const Register& all) {
  std::string text;
  for (const auto& [issuer, entries] : all)
    for (const auto& entry : entries) text += issuer + " " + entry.serialNumber + " " + toRfc3339(entry.at) + "\n";
  return writeFile(layout.revoked(), viewOf(text), Access::owner);
}

Result<void> writeCrl(const Layout& layout, const std::filesystem::path& keys, const std::string& name, Time now) {
  const auto authority = readPair(keys, name);
  if (!authority) return passOn(authority);
  const auto crl = makeCrl(*authority, readRegister(layout)[name], now, now + listLife);
  if (!crl) return passOn(crl);
  return writeFile(layout.crls() / (name + ".crl"), *crl, Access::everybody);
}

bool issued(const Authority& authority, const trust::Certificate& certificate) {
  const trust::Anchors anchors{{authority.certificate}, {}};
  return trust::checkChain(certificate, {}, anchors, certificate.notBefore(), {.use = trust::Purpose::Use::any})
      .trusted;
}

}  // namespace

Result<void> revoke(const std::filesystem::path& folder, const trust::Certificate& certificate, Time now) {
  const Layout layout{folder};
  for (const auto* name : {"key-rsa", "key-sm2"}) {
    const auto authority = readPair(layout.issuing(), name);
    if (!authority) return passOn(authority);
    if (!issued(*authority, certificate)) continue;
    auto all = readRegister(layout);
    const auto known = std::ranges::find(all[name], certificate.serialNumber(), &Revoked::serialNumber);
    if (known == all[name].end()) all[name].push_back({certificate.serialNumber(), now});
    if (auto done = writeRegister(layout, all); !done) return done;
    return writeCrl(layout, layout.issuing(), name, now);
  }
  return tl::unexpected<Error>(Error{ErrorCode::certificate_invalid, "revoke", 0, {}, {{"reason", "foreign"}}});
}

Result<void> writeCrls(const std::filesystem::path& folder, Time now) {
  const Layout layout{folder};
  for (const auto* name : {"key-rsa", "key-sm2"})
    if (auto done = writeCrl(layout, layout.issuing(), name, now); !done) return done;
  for (const auto* name : {"seal-root", "order-root"})
    if (auto done = writeCrl(layout, layout.offline(), name, now); !done) return done;
  return {};
}

}  // namespace sealferry::pki
