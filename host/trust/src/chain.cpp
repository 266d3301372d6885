// SPDX-License-Identifier: Apache-2.0
#include "trust/chain.h"

#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <algorithm>

#include "crl.h"
#include "ocsp.h"
#include "parsed.h"

namespace sealferry::trust {
namespace {

using StoreContext = Handle<X509_STORE_CTX, X509_STORE_CTX_free>;
struct StackRelease {
  void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }
};
using Stack = std::unique_ptr<STACK_OF(X509), StackRelease>;

constexpr int longestPath = 8;
constexpr int securityLevel = 2;  // 112 bits: no SHA-1, no RSA below 2048

/// A stack that borrows the certificates.
Stack stackOf(std::span<const Certificate> certificates) {
  Stack stack(sk_X509_new_null());
  for (const auto& certificate : certificates)
    if (stack) sk_X509_push(stack.get(), x509Of(certificate));
  return stack;
}

std::string reasonOf(int error) {
  switch (error) {
    case X509_V_OK:
      return {};
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return "expired";
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return "notYetValid";
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
    case X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE:
      return "badSignature";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_CHAIN_TOO_LONG:
    case X509_V_ERR_CERT_UNTRUSTED:
      return "untrusted";
    case X509_V_ERR_INVALID_CA:
    case X509_V_ERR_PATH_LENGTH_EXCEEDED:
    case X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
      return "badAuthority";
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL:
    case X509_V_ERR_CA_MD_TOO_WEAK:
      return "weakAlgorithm";
    default:
      return "badCertificate";
  }
}

/// Our own value for a certificate of the path OpenSSL built.
std::optional<Certificate> ownOf(const X509* x509, std::span<const Certificate> pool) {
  const auto same = [&](const Certificate& one) { return x509Of(one) == x509; };
  const auto found = std::ranges::find_if(pool, same);
  if (found == pool.end()) return std::nullopt;
  return *found;
}

std::vector<Certificate> pathOf(X509_STORE_CTX* context, const std::vector<Certificate>& pool) {
  std::vector<Certificate> path;
  STACK_OF(X509)* chain = X509_STORE_CTX_get0_chain(context);
  for (int i = 0; chain != nullptr && i < sk_X509_num(chain); ++i)
    if (auto own = ownOf(sk_X509_value(chain, i), pool)) path.push_back(*std::move(own));
  return path;
}

/// RFC 5280 §4.1.2.5: the period of validity includes its end, but X509_cmp_time calls the equal earlier.
bool endsNow(const X509* certificate, Time at) {
  const auto end = timeOf(X509_get0_notAfter(certificate));
  return end && *end == at;
}

/// RFC 5280 §6.1: of an anchor only name and key count, so what usage it lacks is no reason. An authority it has to be
/// all the same: who names the certificate of a maker or a unit as trusted does not mean what that key may issue.
bool isAnchorWithoutUsage(X509_STORE_CTX* context, X509* certificate) {
  const int error = X509_STORE_CTX_get_error(context);
  if (error != X509_V_ERR_INVALID_CA && error != X509_V_ERR_KEYUSAGE_NO_CERTSIGN) return false;
  const STACK_OF(X509)* chain = X509_STORE_CTX_get0_chain(context);
  return certificate == sk_X509_value(chain, sk_X509_num(chain) - 1) &&
         (X509_get_extension_flags(certificate) & EXFLAG_CA) != 0;
}

/// Where OpenSSL's answer is not ours. Whatever is passed over here, everything else is still looked at.
int judge(int accepted, X509_STORE_CTX* context) {
  if (accepted == 1) return accepted;
  X509* certificate = X509_STORE_CTX_get_current_cert(context);
  const Time at = X509_VERIFY_PARAM_get_time(X509_STORE_CTX_get0_param(context));
  const bool lasts = X509_STORE_CTX_get_error(context) == X509_V_ERR_CERT_HAS_EXPIRED && endsNow(certificate, at);
  const bool passedOver = lasts || isAnchorWithoutUsage(context, certificate);
  if (passedOver) X509_STORE_CTX_set_error(context, X509_V_OK);
  return passedOver ? 1 : 0;
}

void setLimits(X509_STORE_CTX* context, Time at, unsigned long flags) {
  X509_VERIFY_PARAM* limits = X509_STORE_CTX_get0_param(context);
  X509_VERIFY_PARAM_set_time(limits, static_cast<time_t>(at));
  X509_VERIFY_PARAM_set_depth(limits, longestPath);
  X509_VERIFY_PARAM_set_auth_level(limits, securityLevel);
  X509_VERIFY_PARAM_set_flags(limits, flags);
}

void tryPath(ChainResult& result, const Certificate& leaf, std::span<const Certificate> intermediates,
             const Anchors& anchors, Time at, unsigned long flags) {
  const auto roots = stackOf(anchors.roots);
  const auto others = stackOf(intermediates);
  const StoreContext context(X509_STORE_CTX_new());
  if (!context || !roots || !others || X509_STORE_CTX_init(context.get(), nullptr, x509Of(leaf), others.get()) != 1) {
    result.reason = "badCertificate";
    return;
  }
  X509_STORE_CTX_set0_trusted_stack(context.get(), roots.get());
  X509_STORE_CTX_set_verify_cb(context.get(), judge);
  setLimits(context.get(), at, flags);
  const bool verified = X509_verify_cert(context.get()) == 1;
  const int error = X509_STORE_CTX_get_error(context.get());
  result.reason = verified ? std::string{} : error == X509_V_OK ? "badCertificate" : reasonOf(error);
  std::vector<Certificate> pool{leaf};
  pool.insert(pool.end(), anchors.roots.begin(), anchors.roots.end());
  pool.insert(pool.end(), intermediates.begin(), intermediates.end());
  result.path = pathOf(context.get(), pool);
}

/// RFC 5280 §6.1.4 (k): whoever issues, the anchor apart, is an authority by its basicConstraints. OpenSSL is content
/// with the key usage.
bool hasOnlyAuthorities(const std::vector<Certificate>& path) {
  if (path.size() < 3) return true;
  return std::all_of(path.begin() + 1, path.end() - 1, [](const auto& one) { return one.isAuthority(); });
}

/// What policy's topmost root says of an authority below it (path length, revocation) counts, also where policy names
/// that authority beside it: for seals there is no other place to hand it in. Where the root above is not there, an
/// authority of policy's is trusted as it is.
void buildPath(ChainResult& result, const Certificate& leaf, std::span<const Certificate> intermediates,
               const Anchors& anchors, Time at) {
  tryPath(result, leaf, intermediates, anchors, at, 0);
  if (result.reason == "untrusted" || result.reason == "badSignature")
    tryPath(result, leaf, intermediates, anchors, at, X509_V_FLAG_PARTIAL_CHAIN);
  if (result.reason.empty() && !hasOnlyAuthorities(result.path)) result.reason = "badAuthority";
}

bool allows(const Certificate& leaf, const Purpose& purpose) {
  const auto& usages = leaf.extendedKeyUsages();
  const auto& wanted = purpose.extendedKeyUsage;
  if (!wanted.empty() && std::ranges::find(usages, wanted) == usages.end()) return false;
  if (purpose.use == Purpose::Use::signing) return leaf.maySign();
  return purpose.use != Purpose::Use::encryption || leaf.mayEncrypt();
}

/// Lists and responses together: whichever says revoked, counts; whichever is current, makes the answer current.
Revocation revocationOf(const Certificate& certificate, const Certificate& issuer, const Anchors& anchors, Time at) {
  auto listed = lookUp(certificate, issuer, anchors.crls, at);
  const auto answered = askResponses(certificate, issuer, anchors.ocspResponses, anchors.crls, at);
  if (!answered.known) return listed;
  listed.outdated = answered.outdated && (!listed.known || listed.outdated);
  listed.known = true;
  if (answered.revokedAt)
    listed.revokedAt = std::min(listed.revokedAt.value_or(*answered.revokedAt), *answered.revokedAt);
  return listed;
}

void checkRevocation(ChainResult& result, const Anchors& anchors, Time at) {
  result.revocationKnown = true;
  for (std::size_t i = 0; i + 1 < result.path.size(); ++i) {
    const auto found = revocationOf(result.path[i], result.path[i + 1], anchors, at);
    result.revocationKnown = result.revocationKnown && found.known;
    result.crlOutdated = result.crlOutdated || found.outdated;
    if (i == 0) {
      result.revokedAt = found.revokedAt;
      result.revocationUnknown = !found.known && !(anchors.crls.empty() && anchors.ocspResponses.empty());
    }
    if (found.revokedAt.value_or(at + 1) <= at) result.reason = "revoked";
  }
}

}  // namespace

ChainResult checkChain(const Certificate& leaf, std::span<const Certificate> intermediates, const Anchors& anchors,
                       Time at, const Purpose& purpose) {
  const ErrorQueueGuard guard;
  ChainResult result;
  buildPath(result, leaf, intermediates, anchors, at);
  if (result.reason.empty()) checkRevocation(result, anchors, at);
  if (result.reason.empty() && !allows(leaf, purpose)) result.reason = "badUsage";
  result.trusted = result.reason.empty();
  return result;
}

}  // namespace sealferry::trust
