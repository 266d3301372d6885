// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string>

#include "base/time.h"
#include "pki/key.h"
#include "trust/chain.h"

namespace sealferry::pki {

/// UTF-8; empty parts are left out.
struct Subject {
  std::string unit;        ///< O: the unit's name, which the key and the portal show
  std::string creditCode;  ///< OU: unified social credit code
  std::string name;        ///< CN
};

/// What a certificate is for; it decides the extensions.
enum class Profile {
  authority,      ///< issues, signs lists
  sealMaker,      ///< signs seals
  orderSigner,    ///< signs work orders: the extended key usage of docs/protocol.md
  timeAuthority,  ///< stamps times: RFC 3161 §2.3 wants the extended key usage alone, and critical
  signing,        ///< an applicant's: digitalSignature, nonRepudiation
  encryption      ///< an applicant's: keyEncipherment, dataEncipherment
};

/// A key with its certificate.
struct Authority {
  PrivateKey key;
  trust::Certificate certificate;
};

struct CertificateOrder {
  Profile profile = Profile::signing;
  Subject subject;
  Bytes publicKeyInfo;  ///< DER SubjectPublicKeyInfo
  Time notBefore = 0, notAfter = 0;
};

/// A root: issued by itself.
Result<Authority> makeRoot(KeyType type, const Subject& subject, Time notBefore, Time notAfter);

/// bad_request if key or subject cannot be used. Serial numbers are 120 random bits.
Result<trust::Certificate> issue(const Authority& authority, const CertificateOrder& order);

/// The same subject, public key and usages, with new times and a new serial number: what 年检 does. certificate_invalid
/// (reason foreign) unless this authority issued the old one. An expired old one is no obstacle.
Result<trust::Certificate> renew(const Authority& authority, const trust::Certificate& old, Time notBefore,
                                 Time notAfter);

/// The public key of a PKCS#10 request, PEM or DER, whose own signature holds; or of a bare SubjectPublicKeyInfo (PEM
/// or DER), for which nothing is proved. bad_request otherwise.
Result<Bytes> publicKeyOf(ByteView requestOrKey);

struct Revoked {
  std::string serialNumber;  ///< hexadecimal, as Certificate::serialNumber()
  Time at = 0;
};
/// DER of a complete list.
Result<Bytes> makeCrl(const Authority& authority, std::span<const Revoked> entries, Time thisUpdate, Time nextUpdate);

}  // namespace sealferry::pki
