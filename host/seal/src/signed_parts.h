// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "seal/seal.h"

namespace sealferry::seal {

/// What the maker signed, as views of the seal: v4 and v5 sign SES_SealInfo; v1 a SEQUENCE, made for the purpose, of
/// the very members that were received. Lives no longer than the seal.
struct SignedParts {
  explicit SignedParts(const Seal& seal);
  SignedParts(const SignedParts&) = delete;
  SignedParts& operator=(const SignedParts&) = delete;

  Bytes header;
  std::vector<ByteView> parts;
};

}  // namespace sealferry::seal
