// SPDX-License-Identifier: Apache-2.0
#include "key_view.h"

#include <doctest/doctest.h>

#include "no_session.h"
#include "soft/certificate.h"
#include "soft/key.h"
#include "support/files.h"

using namespace sealferry;
using namespace sealferry::operation;

namespace {

/// A key with a certificate whose files cannot be listed.
class Unlisted : public test::NoSession {
 public:
  Result<token::KeyInfo> info() override { return token::KeyInfo{}; }
  Result<std::optional<token::PinState>> unblocking() override { return std::optional<token::PinState>{}; }
  Result<std::vector<token::CertificateObject>> certificates() override {
    const auto der = soft::makeCertificate(soft::Key::makeP256().publicKeyInfo(), {.commonName = "某单位"});
    return std::vector{token::CertificateObject{{1}, token::KeyUse::signing, der, true}};
  }
  Result<token::KeyLayout> layout() override { return token::KeyLayout{{}, false, false, "unreadable"}; }
};

Context contextIn(const test::TemporaryFolder& folder) {
  Context context{{},
                  policy::Sites(folder / "sites"),
                  KeyRing({}),
                  Documents(0),
                  {},
                  {},
                  {},
                  {},
                  {},
                  {},
                  {},
                  {},
                  {},
                  PinCount(folder / "failures"),
                  OrdersDone(folder / "done"),
                  {},
                  {},
                  {}};
  context.clock = [] { return Time{1'780'000'000}; };
  return context;
}

}  // namespace

TEST_CASE("a key whose files cannot be listed shows its certificates, and advises nothing of seals that are unknown") {
  const test::TemporaryFolder folder;
  auto context = contextIn(folder);
  Unlisted session;
  const auto view = viewOf(context, session, false);
  REQUIRE(view);
  CHECK(view->certificates.size() == 1);
  CHECK(view->seals.empty());
  CHECK_FALSE(view->layout.writable);
  CHECK(view->layout.reason == "unreadable");
  CHECK(view->advice.action == "ok");
  CHECK(view->advice.reason == "unreadable");
  CHECK_FALSE(view->pending);
}
