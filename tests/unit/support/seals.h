// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "pki.h"
#include "seal/make.h"

/// A small world in which seals are made.
namespace sealferry::test {

struct Maker {
  Key rootKey = Key::sm2(), makerKey = Key::sm2(), unitKey = Key::rsa();
  trust::Certificate root = selfSigned(rootKey);
  trust::Certificate maker = certify(makerKey, rootKey, {.subject = "Maker", .serial = 2});
  trust::Certificate unit = certify(unitKey, rootKey, {.subject = "测试单位", .serial = 3});
  trust::Anchors anchors{{root}, {}};

  seal::Fields fields(seal::Version version = seal::Version::v4) const;
  Bytes make(const seal::Fields& fields) const;
};

/// The smallest PNG there is, one pixel.
Bytes tinyPng();

}  // namespace sealferry::test
