// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "seal/seal.h"

namespace sealferry::seal {

/// SES_Signature (电子签章数据): a seal put on some data. Its format is right; nothing else is believed before
/// check(). What the data is, the caller knows: `dataHash` is SM3 over it (OFD: over Signature.xml; PDF: over the
/// ranges of /ByteRange).
struct Signature {
  Seal seal;                          ///< the one inside, as received; its version is the signature's
  Time time = 0;                      ///< the signer's claim
  std::optional<Bytes> timeToken;     ///< v1: DER of the time stamp token that stands in the place of the time
  Bytes dataHash;                     ///< 32 bytes
  std::string propertyInfo;           ///< what was signed, by name: in an OFD the absolute path of Signature.xml
  std::vector<Extension> extensions;  ///< v4 and v5
  Bytes signerCertificate;            ///< DER, not parsed yet
  std::string algorithm;              ///< dotted number
  Bytes signature;                    ///< content of the BIT STRING
  std::optional<Bytes> timestamp;     ///< DER of a time stamp token over SM3 of the signature value
  Bytes der;                          ///< the signature as received
  std::vector<std::string> notes;     ///< deviations a lenient reading passed over, the seal's own included
};

/// TBS_Sign, cut out of what was received; a view of `der`.
ByteView signedBytes(const Signature& signature);

/// Is this a signature rather than a seal? A look at the first members: TBS_Sign begins with a number, SES_SealInfo
/// with its header. Nothing is checked.
bool looksLikeSignature(ByteView der);

/// Reads a signature of any version. At most 4 MiB. seal_invalid with detail reason, words as for seal::read.
Result<Signature> readSignature(ByteView der, Strictness strictness);

/// The steps, in this order (GB/T 38540-2020 §7.3 as implementations quote it): format, signature (value over
/// TBS_Sign), signerInList, time (inside the seal's validity and not later than `at`), picture, sealSignature,
/// makerCert, timestamp (the seal's own, where there is one), signerCert (good at the claimed time; expired or revoked
/// since is a note), dataHash. The maker's certificate is looked at for the claimed time. Where there is a time stamp,
/// timestamp is the last step: over the signature value, not earlier than the claimed time; of a token in the place of
/// v1's time all but what it is over, which no text says. `dataHash` is what the caller computed; without it that step
/// is a note, dataNotChecked.
Verdict checkSignature(const Signature& signature, const trust::Anchors& anchors, Time at,
                       const std::optional<Bytes>& dataHash, Strictness strictness);

/// All steps, from the bytes.
Verdict checkSignature(ByteView der, const trust::Anchors& anchors, Time at, const std::optional<Bytes>& dataHash,
                       Strictness strictness);

/// Do the bytes hold, whoever is trusted: value, list, seal's value, data? Empty when they do, else "step.reason" of
/// the first that does not.
std::string brokenStep(const Signature& signature, ByteView dataHash);

/// What a signer puts into a signature. The version is the seal's.
struct SignatureFields {
  Seal seal;  ///< as read; its received bytes go in
  Time time = 0;
  Bytes dataHash;            ///< SM3, 32 bytes
  std::string propertyInfo;  ///< ASCII, 1 to 1024 characters
  trust::Certificate signer;
};

/// A signature that lacks only its value, so that the key signs elsewhere.
class SignatureDraft {
 public:
  const Bytes& toBeSigned() const { return toBeSigned_; }
  const Bytes& digest() const { return digest_; }  ///< e = SM3(Z ‖ toBeSigned): what the key is handed
  /// `signature` is DER SEQUENCE{r,s}; checked with the signer's certificate first (seal_invalid, reason keyMismatch).
  Result<Bytes> finish(ByteView signature) const;

 private:
  friend Result<SignatureDraft> prepareSignature(const SignatureFields& fields);
  SignatureDraft(Version version, trust::Certificate signer, Bytes toBeSigned, Bytes digest)
      : version_(version), signer_(std::move(signer)), toBeSigned_(std::move(toBeSigned)), digest_(std::move(digest)) {}
  Version version_;
  trust::Certificate signer_;
  Bytes toBeSigned_, digest_;
};

/// Refuses what our own check would refuse: seal_invalid with detail reason signerKey (not SM2), signerUsage,
/// signerExpired, signerNotListed, time (outside the seal's validity, or v5 before its making), dataHash, text.
Result<SignatureDraft> prepareSignature(const SignatureFields& fields);

/// Writes a signature anew from its fields: the received bytes again, for every signature that was made here.
Bytes encodeSignature(const Signature& signature);

}  // namespace sealferry::seal
