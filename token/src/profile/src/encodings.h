// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "profile/coding.h"

namespace sealferry::token::profile {

// One pair a form. `file` of a reader is never empty and never all padding; a writer answers the content without its
// padding.

std::optional<VendorContent> readDer(ByteView file);

std::optional<VendorContent> readBase64(ByteView file, bool picture);
Result<Bytes> writeBase64(const VendorSeal& seal);

std::optional<VendorContent> readSealinfos(ByteView file);
Result<Bytes> writeSealinfos(const std::vector<VendorSeal>& seals, const std::string& heightElement);

std::optional<VendorContent> readBjca(ByteView file);
Result<Bytes> writeBjca(const VendorSeal& seal);

/// DER SEQUENCE of exactly this length.
bool isWholeSequence(ByteView bytes);
/// The bytes of the SEQUENCE that is first; empty if there is none.
ByteView firstSequence(ByteView bytes);

tl::unexpected<Error> cannotHold(std::string reason);

}  // namespace sealferry::token::profile
