// SPDX-License-Identifier: Apache-2.0
#include "container.h"

#include <algorithm>

#include "der.h"
#include "input.h"

namespace sealferry::token::skf {
namespace {

constexpr std::size_t mostCertificate = 64U << 10, mostBlob = 4096, mostSignature = 1024;
constexpr std::uint64_t algorithmSm2Sign = 0x20200;  // SGD_SM2_1

Flag isSigning(KeyUse place) { return {place == KeyUse::signing}; }

/// Libraries disagree on what SKF_GetContainerType answers, and some do not tell the blob's length. An RSA blob is no
/// ECC one: its BitLen stands where that has zeroes.
std::optional<KeyPair> pairFrom(const Layout& layout, const std::string& container, KeyUse place, ByteView blob) {
  KeyPair pair;
  pair.keyId = copyOf(viewOf(container));
  pair.use = place;
  if (const auto ecc = sealferry::skf::decodeEcc(layout, blob)) {
    pair.algorithm = KeyAlgorithm::sm2;
    pair.bits = 256;
    pair.publicKeyInfo = publicKeyInfo(*ecc);
    return pair;
  }
  const auto rsa = sealferry::skf::decodeRsa(layout, blob);
  if (!rsa) return std::nullopt;
  pair.bits = rsa->bits;
  pair.publicKeyInfo = publicKeyInfo(*rsa);
  return pair;
}

}  // namespace

Result<std::unique_ptr<Container>> Container::open(const Device& device, const std::string& name) {
  std::unique_ptr<Container> container(new Container(device, name));
  auto done =
      device.inApplication("SKF_OpenContainer", const_cast<char*>(container->name_.c_str()), &container->handle_);
  if (!done) return passOn(done);
  return container;
}

Result<std::unique_ptr<Container>> Container::create(const Device& device, const std::string& name) {
  std::unique_ptr<Container> container(new Container(device, name));
  auto done =
      device.inApplication("SKF_CreateContainer", const_cast<char*>(container->name_.c_str()), &container->handle_);
  if (!done) return passOn(done);
  return container;
}

Container::~Container() {
  if (handle_ != nullptr) (void)device_.call("SKF_CloseContainer", handle_);
}

Result<Bytes> Container::certificate(KeyUse place) const {
  auto der =
      askTwice(device_.library(), mostCertificate, "SKF_ExportCertificate", [&](unsigned char* bytes, NumberOut* size) {
        return device_.call("SKF_ExportCertificate", handle_, isSigning(place), bytes, size);
      });
  if (!der && isAbsent(der.error())) return Bytes{};
  if (der) *der = firstElement(*der);
  return der;
}

Result<void> Container::importCertificate(KeyUse place, ByteView der) {
  return device_.call("SKF_ImportCertificate", handle_, isSigning(place), in(der), Number{der.size()});
}

Result<std::optional<KeyPair>> Container::keyPair(KeyUse place) const {
  auto blob = askTwice(device_.library(), mostBlob, "SKF_ExportPublicKey", [&](unsigned char* bytes, NumberOut* size) {
    return device_.call("SKF_ExportPublicKey", handle_, isSigning(place), bytes, size);
  });
  if (!blob && isAbsent(blob.error())) return std::nullopt;
  if (!blob) return passOn(blob);
  return pairFrom(device_.library().layout(), name_, place, *blob);
}

bool Container::seemsWithoutEncryptionKey() const {
  constexpr int times = 2;
  for (int i = 0; i < times; ++i) {
    const auto key = keyPair(KeyUse::encryption);
    if (key || !saysNothing(key.error())) return false;
    const auto der = certificate(KeyUse::encryption);
    if (der ? !der->empty() : !saysNothing(der.error())) return false;
    const auto signing = keyPair(KeyUse::signing);
    if (!signing || !*signing) return false;
  }
  return true;
}

Result<void> Container::generate(const KeyPairRequest& request) {
  Bytes blob(mostBlob);
  if (request.algorithm == KeyAlgorithm::sm2)
    return device_.call("SKF_GenECCKeyPair", handle_, Number{algorithmSm2Sign}, static_cast<void*>(blob.data()));
  return device_.call("SKF_GenRSAKeyPair", handle_, Number{request.bits}, static_cast<void*>(blob.data()));
}

Result<void> Container::importKey(ByteView envelope) {
  return device_.call("SKF_ImportECCKeyPair", handle_, in(envelope));
}

Result<Bytes> Container::signSm2(ByteView digest) const {
  Bytes blob(sealferry::skf::signatureBlobSize);
  auto done = device_.call("SKF_ECCSignData", handle_, in(digest), Number{digest.size()}, blob.data());
  if (!done) return passOn(done);
  const auto rs = sealferry::skf::decodeSignature(blob);
  if (!rs) return fail(ErrorCode::internal, "SKF_ECCSignData");
  return signatureDer(*rs);
}

/// The library pads what it is given (PKCS#1 v1.5, type 1), so it is given the whole DigestInfo. One call: the private
/// key is used once. A signature is as long as the modulus (RFC 8017 §8.2.1), also where the library does not say so.
Result<Bytes> Container::signRsa(ByteView digestInfo, std::size_t modulusBytes) const {
  Bytes signature(mostSignature);
  auto size = device_.library().number(signature.size());
  auto done =
      device_.call("SKF_RSASignData", handle_, in(digestInfo), Number{digestInfo.size()}, signature.data(), &size);
  if (!done) return passOn(done);
  if (size.value() > signature.size()) return fail(ErrorCode::internal, "SKF_RSASignData");
  signature.resize(std::min(static_cast<std::size_t>(size.value()), modulusBytes));
  return signature;
}

}  // namespace sealferry::token::skf
