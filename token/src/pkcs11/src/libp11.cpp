// SPDX-License-Identifier: Apache-2.0
// libp11 0.4.12, behind this one file. What it must not be led into, each seen to happen:
//  * PKCS11_update_slots reads past its list and crashes: never called. New slots come from a fresh enumeration.
//  * When C_OpenSession fails it waits for ever: Slot::open has opened a raw session just before.
//  * PKCS11_open_session closes all sessions of the slot, and so does every later change between read-only and
//    read-write: it is called once, before our raw session exists.
//  * PKCS11_release_all_slots closes the sessions of all slots, PKCS11_CTX_unload finalises the module for everyone:
//    both happen when the last key is closed, and the module is initialised again afterwards.
//  * Keys used after their slots are released crash: an EVP_PKEY lives within one call here.
//  * Its login and is-logged-in are bookkeeping of its own, and it keeps the PIN until the slot is freed: it never gets
//    one. We log in with a raw call; PKCS#11 shares that among the sessions of a process (v2.40 §2.6.1).
//  * Without a UI method OpenSSL asks for a PIN on the terminal: there is one, and it answers nothing, which libp11
//    would show to a key that wants its PIN for each signature (CKA_ALWAYS_AUTHENTICATE): there, raw calls sign.
//  * Used without its engine it leaves PSS to OpenSSL and raw RSA (CKM_RSA_X_509), which many keys refuse: PSS is
//  signed
//    with the key's own mechanism, and only where that is missing in libp11's way.
//  * Races between threads up to 0.4.20: the worker has one thread that calls.
//  * It keeps the numbers of keys over a logout, at which SoftHSM gives private objects new ones: what it cannot sign
//    with for that reason is signed with raw calls.
//  * A key of a type it does not know makes it list none: the others are then used with raw calls.
//  * What it has listed once it lists for ever, also after it was removed, and PKCS11_get_public_key crashes when the
//  key
//    is pulled: certificates and key pairs are listed with raw calls.
#include <libp11.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/ui.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cstring>

#include "base/digest.h"
#include "cryptoki.h"
#include "der.h"
#include "keys.h"
#include "plain_sign.h"

namespace sealferry::token::pkcs11 {
namespace {

/// The failure of a libp11 call: the module's status, which libp11 leaves in OpenSSL's queue, if there is one.
Error failureOf(const char* call) {
  Status status = 0;
  while (const auto code = ERR_get_error()) {
    const char* library = ERR_lib_error_string(code);
    if (library != nullptr && std::strcmp(library, "PKCS#11 module") == 0)
      status = static_cast<Status>(ERR_GET_REASON(code));
  }
  if (status == 0) return Error{ErrorCode::internal, call, 0, {}, {}};
  return errorOf(call, status);
}

tl::unexpected<Error> failed(const char* call) { return tl::unexpected<Error>(failureOf(call)); }

struct Release {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(UI_METHOD* method) const { UI_destroy_method(method); }
};
template <class T>
using Owned = std::unique_ptr<T, Release>;

/// A loaded libp11 with the slot lists it has handed out. One for all keys that are open at a time.
class Context {
 public:
  explicit Context(Module& module) : module_(module), context_(PKCS11_CTX_new()) {}
  ~Context() {
    for (const auto& [slots, count] : lists_) PKCS11_release_all_slots(context_, slots, count);
    if (loaded_) PKCS11_CTX_unload(context_);
    PKCS11_CTX_free(context_);
    (void)module_.initialize();
  }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  Result<void> load() {
    ERR_clear_error();
    PKCS11_set_ui_method(context_, refusing_.get(), nullptr);
    if (PKCS11_CTX_load(context_, module_.path().c_str()) != 0) return failed("PKCS11_CTX_load");
    loaded_ = true;
    return {};
  }

  Result<PKCS11_SLOT*> find(SlotId id) {
    PKCS11_SLOT* slots = nullptr;
    unsigned count = 0;
    if (PKCS11_enumerate_slots(context_, &slots, &count) != 0) return failed("PKCS11_enumerate_slots");
    lists_.emplace_back(slots, count);
    for (unsigned i = 0; i < count; ++i)
      if (PKCS11_get_slotid_from_slot(&slots[i]) == id && slots[i].token != nullptr) return &slots[i];
    return fail(ErrorCode::key_removed, "PKCS11_enumerate_slots");
  }

 private:
  Module& module_;
  Owned<UI_METHOD> refusing_{UI_create_method("none")};  // without functions it answers no question
  PKCS11_CTX* context_;
  std::vector<std::pair<PKCS11_SLOT*, unsigned>> lists_;
  bool loaded_ = false;
};

ByteView idOf(const PKCS11_KEY& key) { return {key.id, key.id_len}; }

const EVP_MD* digestOf(std::size_t size) {
  return size == 48 ? EVP_sha384() : size == 64 ? EVP_sha512() : EVP_sha256();
}

bool prepare(EVP_PKEY_CTX* context, SignatureScheme scheme, std::size_t digestSize) {
  if (EVP_PKEY_sign_init(context) <= 0) return false;
  if (scheme == SignatureScheme::ecdsa) return true;
  if (EVP_PKEY_CTX_set_signature_md(context, digestOf(digestSize)) <= 0) return false;
  if (!isPss(scheme)) return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) > 0;
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) > 0 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) > 0;
}

class Libp11Keys : public Keys {
 public:
  Libp11Keys(std::shared_ptr<Context> context, PKCS11_SLOT* slot, RawSession& raw, WriteObserver* observer)
      : context_(std::move(context)), token_(slot->token), raw_(raw), observer_(observer) {}

  Result<void> importCertificate(ByteView keyId, const std::string& label, ByteView der) override {
    const auto* at = der.data();
    const Owned<X509> certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (!certificate) return fail(ErrorCode::certificate_invalid, "importCertificate");
    auto id = copyOf(keyId);
    auto text = label;
    ERR_clear_error();
    const ObservedWrite observed(observer_, "C_CreateObject certificate");
    if (PKCS11_store_certificate(token_, certificate.get(), text.data(), id.data(), id.size(), nullptr) != 0)
      return failed("PKCS11_store_certificate");
    return {};
  }

  Result<Bytes> sign(ByteView keyId, SignatureScheme scheme, ByteView digest) override {
    if (scheme == SignatureScheme::sm2Sm3 || wantsPinAgain(keyId)) return plainSign(raw_, keyId, scheme, digest);
    if (!isPss(scheme)) {
      auto signature = signThroughOpenSsl(keyId, scheme, digest);
      return signature || hasAsked(signature.error()) ? signature : plainSign(raw_, keyId, scheme, digest);
    }
    auto signature = plainSign(raw_, keyId, scheme, digest);
    if (signature || signature.error().code != ErrorCode::mechanism_missing) return signature;
    return signThroughOpenSsl(keyId, scheme, digest);
  }

 private:
  /// Also where that cannot be told.
  bool wantsPinAgain(ByteView keyId) const {
    const auto keys = raw_.find({number(CKA_CLASS, CKO_PRIVATE_KEY), bytes(CKA_ID, keyId)});
    return !keys || std::ranges::any_of(*keys, [this](ObjectId key) { return raw_.wantsPinAgain(key); });
  }

  /// Whether the key was asked for a signature and refused. A key of a type that libp11 does not know, an SM2 one say,
  /// or one of which the module does not tell all it wants to hear, makes it refuse to list any: raw calls do then.
  static bool hasAsked(const Error& error) { return error.where == "EVP_PKEY_sign" && !handleIsStale(error); }

  Result<Bytes> signThroughOpenSsl(ByteView keyId, SignatureScheme scheme, ByteView digest) {
    auto key = privateKey(keyId);
    if (!key) return passOn(key);
    if (!fits(key->get(), scheme)) return fail(ErrorCode::mechanism_missing, "sign");
    ERR_clear_error();
    const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new(key->get(), nullptr));
    if (!context || !prepare(context.get(), scheme, digest.size())) return failed("EVP_PKEY_sign_init");
    Bytes signature(1024);
    auto size = signature.size();
    if (EVP_PKEY_sign(context.get(), signature.data(), &size, digest.data(), digest.size()) <= 0)
      return failed("EVP_PKEY_sign");
    signature.resize(size);
    return signature;
  }

  static bool fits(const EVP_PKEY* key, SignatureScheme scheme) {
    const auto kind = EVP_PKEY_get_base_id(key);
    return scheme == SignatureScheme::ecdsa ? kind == EVP_PKEY_EC : kind == EVP_PKEY_RSA;
  }

  Result<Owned<EVP_PKEY>> privateKey(ByteView keyId) {
    PKCS11_KEY* keys = nullptr;
    unsigned count = 0;
    ERR_clear_error();
    if (PKCS11_enumerate_keys(token_, &keys, &count) != 0) return failed("PKCS11_enumerate_keys");
    for (unsigned i = 0; i < count; ++i) {
      if (!sameBytes(idOf(keys[i]), keyId)) continue;
      Owned<EVP_PKEY> key(PKCS11_get_private_key(&keys[i]));
      if (!key) return failed("PKCS11_get_private_key");
      return key;
    }
    return fail(ErrorCode::no_certificate, "sign");
  }

  std::shared_ptr<Context> context_;
  PKCS11_TOKEN* token_;
  RawSession& raw_;
  WriteObserver* observer_;
};

class Libp11Opener : public TokenOpener {
 public:
  Libp11Opener(Module& module, WriteObserver* observer) : module_(module), observer_(observer) {}

  /// Some modules answer libp11 with what it does not expect, as when it initialises them once more. Raw calls do
  /// then; they also tell if the key has gone.
  Result<OpenToken> open(SlotId id) override {
    auto token = openThroughLibp11(id);
    return token ? std::move(token) : openPlain(module_, id, observer_);
  }

 private:
  Result<OpenToken> openThroughLibp11(SlotId id) {
    auto context = shared();
    if (!context) return passOn(context);
    auto slot = (*context)->find(id);
    if (!slot) return passOn(slot);
    if (PKCS11_open_session(*slot, 1) != 0) return failed("PKCS11_open_session");
    auto raw = RawSession::open(module_, id, observer_);
    if (!raw) return passOn(raw);
    auto keys = std::make_unique<Libp11Keys>(std::move(*context), *slot, **raw, observer_);
    return OpenToken{std::move(*raw), std::move(keys)};
  }

  /// A module that libp11 could not load is not tried again: 0.4.12 keeps what it had allocated for it, each time.
  Result<std::shared_ptr<Context>> shared() {
    if (auto context = context_.lock()) return context;
    if (refusal_) return tl::unexpected<Error>(*refusal_);
    auto context = std::make_shared<Context>(module_);
    if (auto done = context->load(); !done) {
      refusal_ = done.error();
      return passOn(done);
    }
    context_ = context;
    return context;
  }

  Module& module_;
  WriteObserver* observer_;
  std::weak_ptr<Context> context_;
  std::optional<Error> refusal_;
};

}  // namespace

std::unique_ptr<TokenOpener> makeOpener(Module& module, WriteObserver* observer) {
  return std::make_unique<Libp11Opener>(module, observer);
}

}  // namespace sealferry::token::pkcs11
