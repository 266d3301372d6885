// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>

#include "pki/issue.h"

/// The demonstration PKI in a folder:
///
///     public/     certificates and lists: roots/{key,seal,order}/*.pem, crls/*.crl        what policy and portals get
///     issuing/    key-rsa, key-sm2 (they issue applicants' certificates), seal-maker, time-authority      0700, the
///     portal's server orders/     order-signer, and copies of the roots it checks against                 0700,
///     sealferry-order-signer alone offline/    the roots of seals and orders 0700, nobody while all is well
///
/// A pair X lies in X.key.pem (0600) and X.pem. Throw-away keys: for demonstrations and tests only.
namespace sealferry::pki {

/// Makes the whole folder. bad_request (field folder) if it holds something already.
Result<void> createStore(const std::filesystem::path& folder, Time now);

/// What the portal's server works with: reads public/ and issuing/ only.
class Issuing {
 public:
  static Result<Issuing> open(const std::filesystem::path& folder);
  /// Who issues for keys of this kind: SM2 under the SM2 root, all else under the RSA root.
  const Authority& keyAuthority(trust::KeyKind kind) const { return kind == trust::KeyKind::sm2 ? sm2_ : rsa_; }
  const Authority& sealMaker() const { return sealMaker_; }
  const Authority& timeAuthority() const { return timeAuthority_; }   ///< under the root of seals
  const trust::Anchors& keyAnchors() const { return keyAnchors_; }    ///< of applicants' certificates, with lists
  const trust::Anchors& sealAnchors() const { return sealAnchors_; }  ///< of seal makers

 private:
  Issuing(Authority rsa, Authority sm2, Authority sealMaker, Authority timeAuthority, trust::Anchors keys,
          trust::Anchors seals)
      : rsa_(std::move(rsa)),
        sm2_(std::move(sm2)),
        sealMaker_(std::move(sealMaker)),
        timeAuthority_(std::move(timeAuthority)),
        keyAnchors_(std::move(keys)),
        sealAnchors_(std::move(seals)) {}
  Authority rsa_, sm2_, sealMaker_, timeAuthority_;
  trust::Anchors keyAnchors_, sealAnchors_;
};

/// What sealferry-order-signer works with: reads its own folder (orders/) only.
struct OrderKeys {
  Authority signer;
  trust::Anchors keyAnchors, sealAnchors;  ///< against which it checks what an order would write
};
Result<OrderKeys> openOrderKeys(const std::filesystem::path& ordersFolder);

/// Adds an applicant certificate to its issuer's list and writes that list anew. certificate_invalid (reason foreign)
/// if none of ours issued it.
Result<void> revoke(const std::filesystem::path& folder, const trust::Certificate& certificate, Time now);
/// Writes all lists anew (valid for 30 days).
Result<void> writeCrls(const std::filesystem::path& folder, Time now);

/// Copies what a machine's policy points at into `target`: roots/{key,seal,order}/*.pem and crls/*.crl.
Result<void> writePolicyFiles(const std::filesystem::path& folder, const std::filesystem::path& target);

}  // namespace sealferry::pki
