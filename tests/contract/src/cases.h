// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/digest.h"
#include "runner.h"

namespace sealferry::contract {

std::vector<Case> readingCases();
std::vector<Case> pinCases();
std::vector<Case> unblockCases();
std::vector<Case> signingCases();
std::vector<Case> blobCases();
std::vector<Case> changeCases();
std::vector<Case> sm2Cases();
std::vector<Case> faultCases();
std::vector<Case> errorCases();

/// A backend with the subject's key open; the session goes first.
struct Open {
  std::unique_ptr<Backend> backend;
  std::unique_ptr<Session> session;
  Session* operator->() const { return session.get(); }
};
Open open(Subject& subject);
Open loggedIn(Subject& subject);

Secret pin(std::string_view text);
Bytes pattern(std::size_t size, unsigned seed = 0);  ///< content that differs from place to place
/// The certificate with these bytes among those the key shows.
bool shows(Session& session, const Bytes& certificate);
const CertificateObject* find(const std::vector<CertificateObject>& all, const Bytes& certificate);
Bytes keyIdOf(Session& session, const soft::Key& key);

}  // namespace sealferry::contract
