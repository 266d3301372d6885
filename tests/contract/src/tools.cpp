// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cases.h"

namespace sealferry::contract {

Open open(Subject& subject) {
  Open one{subject.backend(), nullptr};
  require(one.backend != nullptr, "backend");
  one.session = need(one.backend->open(subject.serial()), "open");
  return one;
}

Open loggedIn(Subject& subject) {
  auto one = open(subject);
  need(one->login(pin(rightPin)), "login");
  return one;
}

Secret pin(std::string_view text) { return Secret(viewOf(text)); }

Bytes pattern(std::size_t size, unsigned seed) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>((i * 131 + i / 256 + seed) & 0xFF);
  return bytes;
}

const CertificateObject* find(const std::vector<CertificateObject>& all, const Bytes& certificate) {
  const auto found = std::ranges::find(all, certificate, &CertificateObject::der);
  return found == all.end() ? nullptr : &*found;
}

bool shows(Session& session, const Bytes& certificate) {
  const auto all = need(session.certificates(), "certificates");
  return find(all, certificate) != nullptr;
}

Bytes keyIdOf(Session& session, const soft::Key& key) {
  const auto pairs = need(session.keyPairs(), "keyPairs");
  const auto found = std::ranges::find(pairs, key.publicKeyInfo(), &KeyPair::publicKeyInfo);
  require(found != pairs.end(), "a known key pair is on the key");
  return found->keyId;
}

}  // namespace sealferry::contract
