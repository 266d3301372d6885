// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "device.h"

namespace sealferry::token::skf {

/// `digest` as token::Session::sign has it, with the signing key of the container that keyId names.
Result<Bytes> sign(const Device& device, ByteView keyId, SignatureScheme scheme, ByteView digest);
/// In a container of its own.
Result<KeyPair> generate(const Device& device, const KeyPairRequest& request);

}  // namespace sealferry::token::skf
