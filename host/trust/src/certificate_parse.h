// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "parsed.h"

namespace sealferry::trust {

/// Fills everything but der and sha256 from the X.509 object. False if something needed cannot be read.
bool fillFromX509(Certificate::Parsed& parsed);
/// The parts kept as received: issuer, serial, SubjectPublicKeyInfo.
bool fillFromDer(Certificate::Parsed& parsed);

}  // namespace sealferry::trust
