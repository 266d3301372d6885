// SPDX-License-Identifier: Apache-2.0
#include "stamped.h"

#include <fcntl.h>
#include <png.h>
#include <unistd.h>

#include "trust/cms.h"

namespace sealferry::test {

Bytes markedPicture() {
  constexpr unsigned side = 40;
  Bytes pixels;
  for (unsigned y = 0; y < side; ++y)
    for (unsigned x = 0; x < side; ++x) {
      const bool marked = x < side / 2 && y < side / 2;
      const std::uint8_t pixel[] = {static_cast<std::uint8_t>(marked ? 0 : 255), 0,
                                    static_cast<std::uint8_t>(marked ? 255 : 0), 255};
      pixels.insert(pixels.end(), std::begin(pixel), std::end(pixel));
    }
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = image.height = side;
  image.format = PNG_FORMAT_RGBA;
  png_alloc_size_t size = 0;
  png_image_write_to_memory(&image, nullptr, &size, 0, pixels.data(), 0, nullptr);
  Bytes png(size);
  png_image_write_to_memory(&image, png.data(), &size, 0, pixels.data(), 0, nullptr);
  return png;
}

OpenFile::OpenFile(const std::filesystem::path& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
OpenFile::~OpenFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

const Signer& signer() {
  static const Signer one;
  return one;
}

document::Engine& engine() {
  static const auto one = document::processEngine(DOCUMENT_CHILD);
  return *one;
}

document::StampRequest requestAt(unsigned page, double xMm, double yMm) {
  document::StampRequest request;
  request.picture = {markedPicture(), 20, 20};
  request.placements = {{{page, page}, xMm, yMm, true}};
  request.signer = "某某有限公司";
  request.reason = "测试盖章";
  request.time = now;
  return request;
}

Result<Bytes> stamp(const std::filesystem::path& original, const document::StampRequest& request) {
  const OpenFile file(original);
  const auto reserved = engine().reserve(file.descriptor(), request);
  if (!reserved) return passOn(reserved);
  const auto sign = [](ByteView digest) -> Result<Bytes> {
    trust::cms::Request message{signer().certificate, trust::SignatureAlgorithm::rsaSha256};
    message.contentDigest = copyOf(digest);
    const auto draft = trust::cms::prepare(std::move(message));
    if (!draft) return passOn(draft);
    return complete(*draft, signer().key);
  };
  const auto increment = document::signIncrements(file.descriptor(), *reserved, trust::DigestAlgorithm::sha256, sign);
  if (!increment) return passOn(increment);
  auto whole = readFile(original);
  whole.insert(whole.end(), increment->begin(), increment->end());
  return whole;
}

Result<document::Report> verify(ByteView content) {
  const TemporaryFolder folder;
  writeFile(folder / "document.pdf", content);
  const OpenFile file(folder / "document.pdf");
  return engine().verify(file.descriptor(), {signer().anchors(), now});
}

}  // namespace sealferry::test
