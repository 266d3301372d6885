// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "order/check.h"
#include "order/receipt.h"
#include "support/pki.h"

namespace sealferry::test {

/// 32 bytes that tell themselves apart.
Bytes digest(std::uint8_t number);

/// An annual inspection: seal 1 and certificate 10 go, seal 2 and certificate 20 come.
order::WorkOrder inspection();
/// What is so when that order is first shown.
order::Facts factsBefore();

/// A signer of orders under a root of its own.
struct OrderPki {
  Key rootKey = Key::ec(), key = Key::ec();
  trust::Certificate root = selfSigned(rootKey, "Order Root");
  trust::Certificate signer = certify(key, rootKey, fields());
  trust::Anchors anchors{{root}, {}};
  static CertificateFields fields() {
    return {.subject = "Orders",
            .issuer = "Order Root",
            .notBefore = now - 10 * day,
            .notAfter = now + 10 * day,
            .extendedKeyUsage = std::string(order::signerUsage)};
  }
  Bytes sign(const order::WorkOrder& order) const;
  /// Signs any text, as a hostile or broken portal might.
  Bytes signText(std::string_view json) const;
  /// As writers do that leave the signed attributes out; with the numbers of GB/T 35275 for SM2, of CMS otherwise.
  Bytes signBare(std::string_view json) const;
};

}  // namespace sealferry::test
