// SPDX-License-Identifier: Apache-2.0
#include "sign.h"

namespace sealferry::operation {

token::SignatureScheme schemeFor(trust::SignatureAlgorithm algorithm) {
  using From = trust::SignatureAlgorithm;
  using To = token::SignatureScheme;
  switch (algorithm) {
    case From::rsaSha384:
      return To::rsaSha384;
    case From::rsaSha512:
      return To::rsaSha512;
    case From::rsaPssSha256:
      return To::rsaPssSha256;
    case From::rsaPssSha384:
      return To::rsaPssSha384;
    case From::rsaPssSha512:
      return To::rsaPssSha512;
    case From::ecdsaSha256:
    case From::ecdsaSha384:
    case From::ecdsaSha512:
      return To::ecdsa;
    case From::sm2Sm3:
      return To::sm2Sm3;
    case From::rsaSha1:  // read in old documents, never made
    case From::rsaSha256:
      return To::rsaSha256;
  }
  return To::rsaSha256;
}

Result<Bytes> signWith(token::Session& session, const HeldCertificate& signer, const trust::cms::Draft& draft) {
  const auto signature = session.sign(signer.keyId, schemeFor(draft.algorithm()), draft.digest());
  if (!signature) return passOn(signature);
  return draft.finish(*signature);
}

}  // namespace sealferry::operation
