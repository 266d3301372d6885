// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "seal/seal.h"

namespace sealferry::seal {

/// A verdict as it grows, step by step. Each act tells whether the check goes on.
class Checking {
 public:
  Checking(Time at, std::optional<int> version);

  bool pass(std::string step);
  bool note(std::string step, const std::vector<std::string>& words);
  bool fail(std::string step, std::string reason);
  /// The step `format` of what could be read: a strict check ends with deviations, and names them; a lenient one notes
  /// them.
  bool judgeDeviations(const std::vector<std::string>& names, Strictness strictness);
  Time at() const { return verdict_.at; }  ///< the time of the verdict
  Verdict take() { return std::move(verdict_); }

 private:
  Verdict verdict_;
};

/// Notes on a certificate of `whose` that was good `then` and may have ended by `at`: whoseExpiredLater,
/// whoseRevokedLater, crlOutdated, revocationUnknown. One that has expired may have been revoked besides, of which
/// `now` says nothing.
std::vector<std::string> endedSince(const std::string& whose, const trust::ChainResult& then,
                                    const trust::ChainResult& now, Time at);

/// A seal that was made after its own end (madeAfterEnd), or after it was used (madeLater). Real seals were made after
/// their beginning, and before it: that says nothing.
std::string madeTooLate(const Seal& seal, Time used);

/// The step `timestamp`, of a token over `stamped` that must not be earlier than `claimed`; none without a token.
bool checkTimestamp(Checking& checking, const std::optional<Bytes>& token, ByteView stamped, Time claimed,
                    const trust::Anchors& anchors);

/// The step `timestamp`, of a token of which nobody says what it is over: its own signature, and who made it.
bool checkTimeToken(Checking& checking, ByteView token, const trust::Anchors& anchors);

/// Is the declared size one that can be meant: 1 to 1000 mm a side?
bool hasPlausibleSize(const Picture& picture);

/// What a seal standing alone and a seal inside a signature share. The bytes: the steps picture and sealSignature.
bool checkBytes(Checking& checking, const Seal& seal);
/// And who made it: makerCert, after them. `used` is when the seal had to be good: now, or when it was put on
/// something.
bool checkMaking(Checking& checking, const Seal& seal, const trust::Anchors& anchors, Time used);
/// And when: the time stamp of the seal's own, the last step of GM/T 0031-2025 on a seal, which cannot have been made
/// after it.
bool checkSealTimestamp(Checking& checking, const Seal& seal, const trust::Anchors& anchors);

}  // namespace sealferry::seal
