// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "order/work_order.h"

namespace sealferry::order {

/// What a key holds, by SHA-256.
struct Holding {
  std::optional<Bytes> certificate;            ///< signing
  std::optional<Bytes> encryptionCertificate;  ///< not told in a receipt's `before`
  std::vector<Bytes> seals;
  friend bool operator==(const Holding&, const Holding&) = default;
};

/// What was done, signed by the key (docs/protocol.md). The portal closes an order only upon it.
struct Receipt {
  std::string number;
  Bytes nonce;  ///< of the order
  std::string origin;
  Operation operation = Operation::annualInspection;
  std::string keySerial;
  std::optional<Holding> before;  ///< none: the key could not be read
  Holding after;                  ///< read back from the key
  std::string hostVersion;
  Time time = 0;
  std::optional<std::string> site;  ///< the page that asked; none: the command line
  friend bool operator==(const Receipt&, const Receipt&) = default;
};

/// Two-phase: see trust/cms.h. The signer is the certificate of the key's current signing key pair.
Result<trust::cms::Draft> prepareReceipt(const Receipt& receipt, const trust::Certificate& signer);

template <class T>
struct Signed {
  T content;
  trust::Certificate signer;  ///< whose signature held; whether to trust it is the portal's to decide
  std::vector<trust::Certificate> certificates;
};

/// Signature and strict JSON. order_invalid with detail reason as in open().
Result<Signed<Receipt>> readReceipt(ByteView cms);

/// Does the receipt say that exactly this order was carried out? Same number, nonce, origin, operation and serial; the
/// targets held, nothing that was replaced left. order_mismatch with detail field.
Result<void> checkReceipt(const Receipt& receipt, const WorkOrder& order);

/// Proof of possession for `login`: type sealferry-login.
struct Login {
  std::string origin;
  Bytes nonce;  ///< the server's, 32 to 128 bytes
  Time time = 0;
  friend bool operator==(const Login&, const Login&) = default;
};
Result<trust::cms::Draft> prepareLogin(const Login& login, const trust::Certificate& signer);
Result<Signed<Login>> readLogin(ByteView cms);

}  // namespace sealferry::order
