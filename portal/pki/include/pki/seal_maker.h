// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>

#include "pki/issue.h"
#include "seal/make.h"

namespace sealferry::pki {

/// Asks a time stamp authority for a token over these bytes. Nothing here opens a connection: how it is reached is the
/// caller's.
using Stamper = std::function<Result<Bytes>(ByteView stamped)>;

struct SealOrder {
  std::string id;             ///< esID, 14 digits by custom: six of the region, eight of the seal
  std::string name;           ///< e.g. "福建省测试公司电子公章"
  int type = 1;               ///< version 1: 1 organisation, 2 person; later ones: by business
  trust::Certificate signer;  ///< the signing certificate that may stamp
  std::vector<trust::Certificate> furtherSigners = {};                               ///< others that may
  seal::CertificateList::Kind listKind = seal::CertificateList::Kind::certificates;  ///< digests: version 4 and 5
  seal::Picture picture;
  Time created = 0, notBefore = 0, notAfter = 0;
  seal::Version version = seal::Version::v4;
  Stamper stamper = nullptr;  ///< version 5: the seal gets a time stamp
};

/// Makes and signs a seal. seal_invalid with detail reason: see seal::prepare; versionUnknown for a time stamp in a
/// version that has none.
Result<Bytes> makeSeal(const Authority& maker, const SealOrder& order);

/// What is drawn. Sizes in mm are those of custom where 0 is given: 42 for the unit's seal, 40 for the special ones, 20
/// square for a person's, 40 × 30 for the invoice seal, 40 × 20 for handwriting.
enum class Shape { official, finance, contract, person, invoice, handwriting };
struct Drawing {
  Shape shape = Shape::official;
  std::string name = {};
  std::string number = {};  ///< invoice: the tax number
  Bytes image = {};         ///< handwriting
  int widthMm = 0, heightMm = 0;
};
/// bad_request with detail field: see pki/picture.h.
Result<seal::Picture> drawPicture(const Drawing& drawing);

/// drawRoundSeal as a seal's picture.
Result<seal::Picture> roundPicture(const std::string& unitName, int diameterMm = 42);

struct Renewal {
  trust::Certificate signer;  ///< takes the place of those of its unit, or with its key, in the list
  Time created = 0, notBefore = 0, notAfter = 0;
  Stamper stamper = nullptr;  ///< asked if the old seal had a time stamp
};

/// The same seal for a renewed certificate and new times: what 年检 does. All else stays: id, name, type, picture,
/// vendor, extensions, a time stamp, and the others who may stamp, unless their certificates have expired. A list of
/// digests does not say whose they are: the renewed certificate is then the only one.
Result<Bytes> remakeSeal(const Authority& maker, const seal::Seal& old, const Renewal& renewal);

}  // namespace sealferry::pki
