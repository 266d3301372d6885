// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include "base/bytes.h"

namespace sealferry::card {

/// A BER-TLV data object (ISO/IEC 7816-4 §5.2.2) with a tag of one or two bytes. `value` points into the input.
struct Tlv {
  unsigned tag = 0;
  ByteView value;
};

/// Nothing unless the input is just a row of them; lengths of up to 65,535.
std::optional<std::vector<Tlv>> parseTlvs(ByteView input);
/// The value of the first of this tag, or nothing.
std::optional<ByteView> valueOf(const std::vector<Tlv>& all, unsigned tag);

void append(Bytes& out, ByteView more);
void appendTlv(Bytes& out, unsigned tag, ByteView value);

}  // namespace sealferry::card
