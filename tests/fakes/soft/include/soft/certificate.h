// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "soft/key.h"

namespace sealferry::soft {

struct CertificateRequest {
  std::string commonName = "测试单位";
  token::KeyUse use = token::KeyUse::signing;
  long serialNumber = 1;
  int days = 365;
  bool authority = false;
};

/// A certificate for a public key, signed by a key of an issuer that nobody trusts. DER.
Bytes makeCertificate(ByteView publicKeyInfo, const CertificateRequest& request = {});

}  // namespace sealferry::soft
