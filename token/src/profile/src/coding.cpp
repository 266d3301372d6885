// SPDX-License-Identifier: Apache-2.0
#include "profile/coding.h"

#include "encodings.h"
#include "padding.h"
#include "picture.h"

namespace sealferry::token::profile {
namespace {

std::optional<VendorContent> read(SealEncoding encoding, ByteView file) {
  switch (encoding) {
    case SealEncoding::der:
      return readDer(file);
    case SealEncoding::base64:
      return readBase64(file, false);
    case SealEncoding::base64Picture:
      return readBase64(file, true);
    case SealEncoding::sealinfos:
      return readSealinfos(file);
    case SealEncoding::bjca:
      return readBjca(file);
  }
  return std::nullopt;
}

Result<Bytes> write(const StorageProfile& profile, const std::vector<VendorSeal>& seals) {
  switch (profile.encoding) {
    case SealEncoding::der:
      return seals.front().seal;
    case SealEncoding::base64:
    case SealEncoding::base64Picture:
      return writeBase64(seals.front());
    case SealEncoding::sealinfos:
      return writeSealinfos(seals, profile.heightElement);
    case SealEncoding::bjca:
      return writeBjca(seals.front());
  }
  return cannotHold("encoding");
}

Result<void> checkSeals(SealEncoding encoding, const std::vector<VendorSeal>& seals) {
  if (seals.size() > (holdsSeveral(encoding) ? mostSealsInFile : 1)) return cannotHold("count");
  for (const auto& seal : seals) {
    if (seal.isPicture == keepsSeal(encoding)) return cannotHold("face");
    const bool good = seal.isPicture ? !pictureKind(seal.face.picture).empty() : isWholeSequence(seal.seal);
    if (!good) return cannotHold("content");
  }
  return {};
}

}  // namespace

tl::unexpected<Error> cannotHold(std::string reason) {
  auto failure = fail(ErrorCode::layout_unknown, "encode");
  failure.value().detail["reason"] = std::move(reason);
  return failure;
}

bool holdsSeveral(SealEncoding encoding) { return encoding == SealEncoding::sealinfos; }

std::optional<VendorContent> decode(const StorageProfile& profile, ByteView file) {
  if (file.size() > profile.mostBytes) return std::nullopt;
  if (isAllPadding(file)) return VendorContent{};
  return read(profile.encoding, file);
}

Result<Bytes> encode(const StorageProfile& profile, const std::vector<VendorSeal>& seals) {
  if (auto good = checkSeals(profile.encoding, seals); !good) return passOn(good);
  auto file = seals.empty() ? Result<Bytes>(Bytes{}) : write(profile, seals);
  if (!file) return file;
  const auto most = profile.fixedBytes > 0 ? profile.fixedBytes : profile.mostBytes;
  if (file->size() > most || file->size() > profile.mostBytes) return fail(ErrorCode::no_room, "encode");
  if (profile.fixedBytes > 0) file->resize(profile.fixedBytes, profile.padding);
  return file;
}

}  // namespace sealferry::token::profile
