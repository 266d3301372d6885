// SPDX-License-Identifier: Apache-2.0
// GM/T 0016-2012 §7.5 and §7.6: containers, their keys and certificates.
#include <algorithm>
#include <cstring>

#include "call.h"
#include "softkey/private_key.h"

using namespace sealferry;
using namespace sealferry::softkey;

namespace {

constexpr std::uint64_t algorithmSm2 = 0x20100, algorithmSm2Sign = 0x20200;

Use useOf(Bool signing) { return signing != 0 ? Use::signing : Use::encryption; }

/// Finds the container and calls with its device; `secrets` too where a login is needed.
template <class Act>
Status in(Handle handle, Act act) {
  const auto container = containerOf(handle);
  if (!container) return container.error();
  return act(container->application.connection->device, container->application.name, container->name);
}

template <class Act>
Status inLoggedIn(Handle handle, Act act) {
  const auto container = containerOf(handle);
  if (!container) return container.error();
  const auto secrets = secretsOf(container->application);
  if (!secrets) return secrets.error();
  return act(container->application.connection->device, container->application.name, container->name, **secrets);
}

Bytes publicBlob(ByteView publicKeyInfo) {
  if (isRsa(publicKeyInfo)) return skf::encode(nativeLayout, rsaPublicOf(publicKeyInfo));
  return skf::encode(nativeLayout, eccPublicOf(publicKeyInfo));
}

Status giveMade(const Device& device, const std::string& application, const std::string& container, void* blob) {
  const auto made = device.publicKey(application, container, Use::signing);
  if (!made) return made.error();
  const auto bytes = publicBlob(*made);
  std::memcpy(blob, bytes.data(), bytes.size());
  return Status::ok;
}

/// How long the envelope is says its own CipherLen, which is not believed beyond an SM4 key.
std::optional<skf::EnvelopedKey> envelopeAt(const Byte* blob) {
  constexpr std::size_t longest = 32;
  skf::EnvelopedKey empty;
  empty.hash.resize(32);
  const auto head = skf::encode(nativeLayout, empty).size();
  skf::FieldReader length(nativeLayout, ByteView(blob + head - nativeLayout.ulongBytes, nativeLayout.ulongBytes));
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(length.number(), longest));
  return skf::decodeEnvelope(nativeLayout, ByteView(blob, head + size));
}

}  // namespace

SOFTKEY_CALL SKF_EnumContainer(Handle handle, Text names, Ulong* size) {
  return call("SKF_EnumContainer", size, [&] {
    const auto application = applicationOf(handle);
    if (!application) return application.error();
    const auto all = application->connection->device.containers(application->name);
    return all ? give(*all, names, size) : all.error();
  });
}

SOFTKEY_CALL SKF_CreateContainer(Handle handle, Text name, Handle* container) {
  return call("SKF_CreateContainer", nullptr, [&] {
    const auto application = applicationOf(handle);
    if (!application) return application.error();
    if (container == nullptr) return Status::invalidParameter;
    if (!secretsOf(*application)) return Status::notLoggedIn;
    const auto made = application->connection->device.createContainer(application->name, softkey::textOf(name));
    if (made) *container = remember(table().containers, Container{*application, softkey::textOf(name)});
    return statusOf(made);
  });
}

SOFTKEY_CALL SKF_DeleteContainer(Handle handle, Text name) {
  return call("SKF_DeleteContainer", nullptr, [&] {
    const auto application = applicationOf(handle);
    if (!application) return application.error();
    if (!secretsOf(*application)) return Status::notLoggedIn;
    return statusOf(application->connection->device.deleteContainer(application->name, softkey::textOf(name)));
  });
}

SOFTKEY_CALL SKF_OpenContainer(Handle handle, Text name, Handle* container) {
  return call("SKF_OpenContainer", nullptr, [&] {
    const auto application = applicationOf(handle);
    if (!application) return application.error();
    if (container == nullptr) return Status::invalidParameter;
    if (!application->connection->device.hasContainer(application->name, softkey::textOf(name)))
      return Status::containerMissing;
    *container = remember(table().containers, Container{*application, softkey::textOf(name)});
    return Status::ok;
  });
}

SOFTKEY_CALL SKF_CloseContainer(Handle container) {
  return call("SKF_CloseContainer", nullptr,
              [&] { return table().containers.erase(numberOf(container)) > 0 ? Status::ok : Status::invalidHandle; });
}

SOFTKEY_CALL SKF_GetContainerType(Handle handle, Ulong* type) {
  return call("SKF_GetContainerType", nullptr, [&] {
    return in(handle, [&](const Device& device, const auto& application, const auto& name) {
      if (type == nullptr) return Status::invalidParameter;
      auto key = device.publicKey(application, name, Use::signing);
      if (!key) key = device.publicKey(application, name, Use::encryption);
      *type = !key ? 0 : isRsa(*key) ? 1 : 2;
      return Status::ok;
    });
  });
}

SOFTKEY_CALL SKF_ImportCertificate(Handle handle, Bool signing, Byte* certificate, Ulong size) {
  return call("SKF_ImportCertificate", nullptr, [&] {
    return inLoggedIn(handle, [&](const Device& device, const auto& application, const auto& name, const Secret&) {
      return statusOf(device.setCertificate(application, name, useOf(signing), softkey::viewOf(certificate, size)));
    });
  });
}

SOFTKEY_CALL SKF_ExportCertificate(Handle handle, Bool signing, Byte* certificate, Ulong* size) {
  return call("SKF_ExportCertificate", size, [&] {
    return in(handle, [&](const Device& device, const auto& application, const auto& name) {
      const auto der = device.certificate(application, name, useOf(signing));
      return der ? give(*der, certificate, size) : der.error();
    });
  });
}

SOFTKEY_CALL SKF_ExportPublicKey(Handle handle, Bool signing, Byte* blob, Ulong* size) {
  return call("SKF_ExportPublicKey", size, [&] {
    return in(handle, [&](const Device& device, const auto& application, const auto& name) {
      const auto key = device.publicKey(application, name, useOf(signing));
      return key ? give(publicBlob(*key), blob, size) : key.error();
    });
  });
}

SOFTKEY_CALL SKF_GenECCKeyPair(Handle handle, Ulong algorithm, void* blob) {
  return call("SKF_GenECCKeyPair", nullptr, [&] {
    return inLoggedIn(handle,
                      [&](const Device& device, const auto& application, const auto& name, const Secret& secrets) {
                        if (blob == nullptr || (algorithm != algorithmSm2 && algorithm != algorithmSm2Sign))
                          return Status::invalidParameter;
                        const auto made = device.makeSm2(application, name, secrets);
                        return made ? giveMade(device, application, name, blob) : made.error();
                      });
  });
}

SOFTKEY_CALL SKF_GenRSAKeyPair(Handle handle, Ulong bits, void* blob) {
  return call("SKF_GenRSAKeyPair", nullptr, [&] {
    return inLoggedIn(handle,
                      [&](const Device& device, const auto& application, const auto& name, const Secret& secrets) {
                        if (blob == nullptr) return Status::invalidParameter;
                        const auto made = device.makeRsa(application, name, static_cast<unsigned>(bits), secrets);
                        return made ? giveMade(device, application, name, blob) : made.error();
                      });
  });
}

SOFTKEY_CALL SKF_ImportECCKeyPair(Handle handle, Byte* blob) {
  return call("SKF_ImportECCKeyPair", nullptr, [&] {
    return inLoggedIn(handle,
                      [&](const Device& device, const auto& application, const auto& name, const Secret& secrets) {
                        const auto envelope = blob == nullptr ? std::nullopt : envelopeAt(blob);
                        if (!envelope) return Status::invalidParameter;
                        return statusOf(device.importEncryptionKey(application, name, *envelope, secrets));
                      });
  });
}

SOFTKEY_CALL SKF_ECCSignData(Handle handle, Byte* digest, Ulong size, Byte* signature) {
  return call("SKF_ECCSignData", nullptr, [&] {
    return inLoggedIn(handle,
                      [&](const Device& device, const auto& application, const auto& name, const Secret& secrets) {
                        if (signature == nullptr) return Status::invalidParameter;
                        const auto made = device.signSm2(application, name, softkey::viewOf(digest, size), secrets);
                        if (made) std::memcpy(signature, made->data(), made->size());
                        return made ? Status::ok : made.error();
                      });
  });
}

SOFTKEY_CALL SKF_RSASignData(Handle handle, Byte* data, Ulong size, Byte* signature, Ulong* signatureSize) {
  return call("SKF_RSASignData", signatureSize, [&] {
    return inLoggedIn(handle,
                      [&](const Device& device, const auto& application, const auto& name, const Secret& secrets) {
                        const auto made = device.signRsa(application, name, softkey::viewOf(data, size), secrets);
                        return made ? give(*made, signature, signatureSize) : made.error();
                      });
  });
}

SOFTKEY_CALL SKF_ECCVerify(Handle handle, Byte* key, Byte* digest, Ulong size, Byte* signature) {
  return call("SKF_ECCVerify", nullptr, [&] {
    const auto connection = connectionOf(handle);
    if (!connection) return connection.error();
    if (key == nullptr || signature == nullptr) return Status::invalidParameter;
    const auto blob = skf::decodeEcc(nativeLayout, ByteView(key, skf::eccBlobSize(nativeLayout)));
    if (!blob) return Status::inputData;
    return verifySm2(*blob, softkey::viewOf(digest, size), ByteView(signature, skf::signatureBlobSize))
               ? Status::ok
               : Status::hashNotEqual;
  });
}
