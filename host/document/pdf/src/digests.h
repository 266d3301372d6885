// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "pdf/source.h"
#include "signature_value.h"
#include "trust/algorithm.h"

namespace sealferry::pdf {

/// What one signature is over, and with which digest.
struct DigestOrder {
  Range range;
  trust::DigestAlgorithm algorithm;
};

/// The digests, in the order asked for; empty where the bytes could not be read. The document is read once however many
/// there are, and what several signatures have in common is digested once: the state is carried on.
std::vector<Bytes> digestsOf(const Source& source, const std::vector<DigestOrder>& orders);

}  // namespace sealferry::pdf
