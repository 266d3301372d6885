// SPDX-License-Identifier: Apache-2.0
#include "layout.h"

#include "files.h"

namespace sealferry::pki {

Result<Authority> readPair(const std::filesystem::path& folder, const std::string& name) {
  const auto key = readFile(folder / (name + ".key.pem"));
  if (!key) return passOn(key);
  const auto pem = readFile(folder / (name + ".pem"));
  if (!pem) return passOn(pem);
  auto opened = PrivateKey::fromPem(textOf(*key));
  if (!opened) return passOn(opened);
  const auto certificates = trust::readCertificates(*pem);
  if (!certificates) return passOn(certificates);
  return Authority{*std::move(opened), certificates->front()};
}

Result<void> writePair(const std::filesystem::path& folder, const std::string& name, const Authority& pair) {
  if (auto key = writeFile(folder / (name + ".key.pem"), viewOf(pair.key.pem()), Access::owner); !key) return key;
  return writeFile(folder / (name + ".pem"), viewOf(pair.certificate.pem()), Access::everybody);
}

Result<trust::Anchors> readAnchors(const std::filesystem::path& roots, const std::filesystem::path& crls) {
  trust::Anchors out;
  for (const auto& path : filesIn(roots, ".pem")) {
    const auto content = readFile(path);
    if (!content) return passOn(content);
    const auto certificates = trust::readCertificates(*content);
    if (!certificates) return passOn(certificates);
    out.roots.insert(out.roots.end(), certificates->begin(), certificates->end());
  }
  for (const auto& path : filesIn(crls, ".crl")) {
    const auto content = readFile(path);
    if (!content) return passOn(content);
    const auto lists = trust::readCrls(*content);
    if (!lists) return passOn(lists);
    out.crls.insert(out.crls.end(), lists->begin(), lists->end());
  }
  return out;
}

}  // namespace sealferry::pki
