// SPDX-License-Identifier: Apache-2.0
#include "data_objects.h"

#include <algorithm>

#include "base/digest.h"
#include "certificates.h"
#include "cryptoki.h"
#include "key_pairs.h"
#include "store/certificate.h"

namespace sealferry::token::pkcs11 {
namespace {

constexpr std::string_view application = "SealFerry";
constexpr std::size_t mostLabelBytes = 255;

/// The use of a key pair is that of its certificate; signing where it has none or both.
KeyUse useOf(const KeyPair& pair, const std::vector<store::RawCertificate>& certificates) {
  bool encrypts = false;
  for (const auto& certificate : certificates) {
    const auto facts = store::certificateFacts(certificate.der);
    if (!facts || !sameBytes(facts->publicKeyInfo, pair.publicKeyInfo)) continue;
    if (facts->use == KeyUse::signing) return KeyUse::signing;
    encrypts = true;
  }
  return encrypts ? KeyUse::encryption : KeyUse::signing;
}

}  // namespace

Result<std::optional<std::uint64_t>> DataObjects::freeBytes() {
  const auto facts = module_.token(slot_);
  if (!facts) return passOn(facts);
  return facts->freeBytes;
}

Result<std::vector<store::RawObject>> DataObjects::objects() {
  const auto found = token_.raw->find(
      {number(CKA_CLASS, CKO_DATA), boolean(CKA_TOKEN, true), bytes(CKA_APPLICATION, viewOf(application))});
  if (!found) return passOn(found);
  std::vector<store::RawObject> objects;
  for (const auto object : *found) {
    const auto label = token_.raw->name(object, CKA_LABEL, mostLabelBytes);
    if (!label) return passOn(label);
    if (*label) objects.push_back({object, textOf(**label)});
  }
  return objects;
}

Result<Bytes> DataObjects::read(store::Handle object) { return token_.raw->content(object, mostObjectBytes); }

Result<void> DataObjects::create(const std::string& label, ByteView content) {
  return createData(application, label, false, content);
}

Result<void> DataObjects::createData(std::string_view program, const std::string& label, bool isPrivate,
                                     ByteView content) {
  const auto made = token_.raw->create({number(CKA_CLASS, CKO_DATA), boolean(CKA_TOKEN, true),
                                        boolean(CKA_PRIVATE, isPrivate), bytes(CKA_APPLICATION, viewOf(program)),
                                        bytes(CKA_LABEL, viewOf(label)), bytes(CKA_VALUE, content)});
  if (!made) return passOn(made);
  return {};
}

/// Private objects are there only after a login.
Result<std::vector<store::ForeignObject>> DataObjects::foreign() {
  const auto found = token_.raw->find({number(CKA_CLASS, CKO_DATA), boolean(CKA_TOKEN, true)});
  if (!found) return passOn(found);
  std::vector<store::ForeignObject> objects;
  for (const auto object : *found) {
    const auto program = token_.raw->name(object, CKA_APPLICATION, mostLabelBytes);
    if (!program) return passOn(program);
    const auto name = textOf(program->value_or(Bytes{}));
    if (name == application) continue;
    const auto label = token_.raw->name(object, CKA_LABEL, mostLabelBytes);
    if (!label) return passOn(label);
    objects.push_back({object, name, textOf(label->value_or(Bytes{}))});
  }
  return objects;
}

/// Of any size: what lies there is judged by its beginning.
Result<std::optional<Bytes>> DataObjects::look(store::Handle object, std::size_t most) {
  constexpr std::size_t mostForeignBytes = 1U << 20;
  auto found = token_.raw->content(object, mostForeignBytes);
  const bool unreadable =
      !found && (found.error().code == ErrorCode::seal_invalid || found.error().code == ErrorCode::too_large);
  if (unreadable) return std::nullopt;
  if (!found) return passOn(found);
  if (found->size() > most) found->resize(most);
  return std::move(*found);
}

/// The old one first: two of one name would be two files to the vendor's tools.
Result<void> DataObjects::place(const store::VendorPlace& where, ByteView content) {
  const auto there =
      token_.raw->find({number(CKA_CLASS, CKO_DATA), boolean(CKA_TOKEN, true),
                        bytes(CKA_APPLICATION, viewOf(where.application)), bytes(CKA_LABEL, viewOf(where.label))});
  if (!there) return passOn(there);
  for (const auto object : *there)
    if (auto gone = token_.raw->destroy(object); !gone) return gone;
  return createData(where.application, where.label, where.readRight != FileRight::anyone, content);
}

Result<void> DataObjects::destroy(store::Handle object) { return token_.raw->destroy(object); }

Result<std::vector<store::RawCertificate>> DataObjects::certificates() { return listCertificates(*token_.raw); }

/// Other programs know a certificate by its label: the new one has that of the one it replaces.
std::string DataObjects::labelFor(ByteView keyId) {
  const auto old = token_.raw->find({number(CKA_CLASS, CKO_CERTIFICATE), bytes(CKA_ID, keyId)});
  if (!old || old->empty()) return "certificate";
  const auto label = token_.raw->name(old->front(), CKA_LABEL, mostLabelBytes);
  return label && *label ? textOf(**label) : "certificate";
}

bool DataObjects::hasCertificate(ByteView keyId) const {
  const auto found = token_.raw->find({number(CKA_CLASS, CKO_CERTIFICATE), bytes(CKA_ID, keyId)});
  return found && !found->empty();
}

/// OpenSC makes no second certificate of one CKA_ID, but lets one be given to it afterwards.
Result<void> DataObjects::importBeside(ByteView keyId, const std::string& label, ByteView der) {
  const auto digest = sha256(der);
  const auto made = pkcs11::importCertificate(*token_.raw, ByteView(digest).first(16), label, der);
  if (!made) return passOn(made);
  auto named = token_.raw->set(*made, bytes(CKA_ID, keyId));
  if (!named) (void)token_.raw->destroy(*made);
  return named;
}

Result<void> DataObjects::importCertificate(ByteView keyId, ByteView der) {
  const auto retired = module_.removesCertificatesInSteps() ? findRetired(*token_.raw, der)
                                                            : Result<std::optional<ObjectId>>(std::nullopt);
  if (!retired) return passOn(retired);
  if (*retired) return token_.raw->set(**retired, bytes(CKA_ID, keyId));
  const auto label = labelFor(keyId);
  auto done = token_.keys->importCertificate(keyId, label, der);
  if (done || done.error().code == ErrorCode::no_room || !hasCertificate(keyId)) return done;
  return importBeside(keyId, label, der) ? Result<void>{} : done;
}

Result<void> DataObjects::removeCertificate(store::Handle certificate) {
  return module_.removesCertificatesInSteps() ? retireCertificate(*token_.raw, certificate)
                                              : token_.raw->destroy(certificate);
}

Result<std::vector<KeyPair>> DataObjects::keyPairs() {
  auto pairs = listKeyPairs(*token_.raw);
  if (!pairs) return pairs;
  const auto all = certificates();
  if (!all) return passOn(all);
  for (auto& pair : *pairs) pair.use = useOf(pair, *all);
  return pairs;
}

/// A private key is one only its user sees, as a rule (v2.40 §4.9): until the login, none there says nothing.
Result<bool> DataObjects::hidesKeyPairs() {
  if (token_.raw->isLoggedIn()) return false;
  const auto seen = token_.raw->find({number(CKA_CLASS, CKO_PRIVATE_KEY), boolean(CKA_TOKEN, true)});
  if (!seen) return passOn(seen);
  return seen->empty();
}

}  // namespace sealferry::token::pkcs11
