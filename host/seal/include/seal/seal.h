// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "base/result.h"
#include "seal/verdict.h"
#include "trust/chain.h"

namespace sealferry::seal {

/// The layouts: GM/T 0031-2014, GB/T 38540-2020, GM/T 0031-2025.
enum class Version { v1 = 1, v4 = 4, v5 = 5 };

/// SES_ESPictureInfo.
struct Picture {
  std::string type;  ///< as written: "PNG", "JPG", "GIF", "BMP", …
  Bytes data;
  int widthMm = 0, heightMm = 0;
};

/// Which certificates may stamp with the seal: whole certificates, or digests of them (v4 and v5).
struct CertificateList {
  enum class Kind { certificates = 1, digests = 2 } kind = Kind::certificates;
  std::vector<Bytes> entries;            ///< DER certificates, or SM3 digests of such
  std::vector<std::string> digestTypes;  ///< CertDigestObj.type beside each digest, free text, "SM3" in ours
};

struct Extension {
  std::string oid;  ///< dotted number
  bool critical = false;
  Bytes value;
};

/// A seal whose format is right; nothing else about it is believed before check(). Texts may hold anything: escape
/// them.
struct Seal {
  Version version = Version::v4;
  std::string vendor;  ///< header vid
  std::string id;      ///< esID; the name of the seal's blob on a key; survives 年检
  int type = 0;
  std::string name;
  CertificateList signers;
  Time created = 0, notBefore = 0, notAfter = 0;
  Picture picture;
  std::vector<Extension> extensions;
  Bytes makerCertificate;          ///< DER, not parsed yet
  std::string algorithm;           ///< dotted number
  Bytes signature;                 ///< content of the BIT STRING
  std::optional<Bytes> timestamp;  ///< v5: DER of the time stamp token
  Bytes der;                       ///< the seal as received
  std::vector<std::string> notes;  ///< names of the deviations a lenient reading passed over
};

/// Reads a seal of any version: the step `format`. At most 2 MiB, 64 list entries and 32 extensions; DER, nothing after
/// the end. seal_invalid with detail reason, a stable word such as: tooLarge, malformed, trailingBytes, headerId,
/// versionUnknown, emptyCertificateList, criticalExtension, time, algorithm, deviation (strict: the name is in detail
/// deviation).
Result<Seal> read(ByteView der, Strictness strictness);

/// All steps after `format`, which reading has passed. `anchors` are the seal makers' roots.
Verdict check(const Seal& seal, const trust::Anchors& anchors, Time at, Strictness strictness);

/// All steps, from the bytes.
Verdict check(ByteView der, const trust::Anchors& anchors, Time at, Strictness strictness);

/// Exactly what the maker signed, cut out of what was received; v1 puts a SEQUENCE of its own around it.
Bytes signedBytes(const Seal& seal);

/// Does the seal's list hold this certificate? If it does not, the key cannot stamp with it: 年检 or 变更 is due.
bool listsCertificate(const Seal& seal, ByteView certificateDer);

}  // namespace sealferry::seal
