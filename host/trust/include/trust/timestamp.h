// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "trust/chain.h"
#include "trust/cms.h"

namespace sealferry::trust {

/// A time stamp token (RFC 3161 §2.4.2, GB/T 20520): a signed statement that some bytes were there at a time. Nothing
/// in it is believed before checkTimestamp().
struct Timestamp {
  Time time = 0;
  DigestAlgorithm digest = DigestAlgorithm::sha256;
  Bytes imprint;  ///< digest of the bytes that were stamped
  cms::Message message;
};

/// Reads a TimeStampToken (ContentInfo, with the number of RFC 5652 or of GB/T 35275; indefinite lengths in its outer
/// parts are taken). bad_request with detail reason: a word of cms::read, or notTimestamp, malformed, unknownAlgorithm.
Result<Timestamp> readTimestamp(ByteView der, cms::Tail tail = cms::Tail::none);

/// What an authority is sent to have these bytes stamped: TimeStampReq (RFC 3161 §2.4.1) in DER, over their SHA-256,
/// asking for the authority's certificate. Without a nonce: the bytes are a signature's, and no two of those are alike.
Bytes timestampRequest(ByteView stamped);

/// Was it made for these bytes, by an authority (extended key usage timeStamping alone, critical) that these anchors
/// trust at the stamped time? The empty word when it was, else: imprintMismatch, a word of cms::check,
/// certificateNotBound (RFC 3161 wants the ESS attribute), weakAlgorithm (SHA-1), or a word of checkChain.
std::string checkTimestamp(const Timestamp& stamp, ByteView stamped, const Anchors& anchors);

/// The same for bytes whose digest, made with stamp.digest, is known. Without anchors only whether the token itself
/// holds.
std::string checkTimestampOver(const Timestamp& stamp, ByteView digest, const Anchors* anchors);

}  // namespace sealferry::trust
