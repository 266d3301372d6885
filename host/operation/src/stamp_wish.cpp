// SPDX-License-Identifier: Apache-2.0
#include "stamp_wish.h"

#include <array>

namespace sealferry::operation {
namespace {

using trust::SignatureAlgorithm;

tl::unexpected<Error> badField(std::string name) {
  auto failure = fail(ErrorCode::bad_request, "stampDocument");
  failure.value().detail["field"] = std::move(name);
  return failure;
}

document::Pages pagesOf(const wire::PageRange& range) { return {range.first, range.last}; }

document::Edge edgeOf(const std::string& name) {
  if (name == "left") return document::Edge::left;
  if (name == "top") return document::Edge::top;
  return name == "bottom" ? document::Edge::bottom : document::Edge::right;
}

SignatureAlgorithm byDigest(const std::string& digest, const std::array<SignatureAlgorithm, 3>& family) {
  return digest == "sha512" ? family[2] : digest == "sha384" ? family[1] : family[0];
}

}  // namespace

void placeAsAsked(document::StampRequest& to, const wire::StampDocument& request) {
  if (request.at) {
    const auto pages = request.pages.empty() ? std::vector<wire::PageRange>{{}} : request.pages;
    for (const auto& range : pages)
      to.placements.push_back({pagesOf(range), request.at->xMm, request.at->yMm, request.at->clamp});
  }
  if (request.keyword)
    to.keyword = document::Keyword{request.keyword->text, request.keyword->all, request.keyword->clamp};
  if (request.across)
    to.across = document::Across{edgeOf(request.across->edge), request.across->along.value_or(-1),
                                 pagesOf(request.across->pages)};
}

Result<SignatureAlgorithm> algorithmAsked(const trust::Certificate& signer, const wire::StampDocument& request) {
  const auto kind = signer.keyKind();
  const bool rsa = kind == trust::KeyKind::rsa, pss = request.padding == "pss";
  if (request.padding && !rsa) return badField("padding");
  if (request.digest && !rsa && kind != trust::KeyKind::ecdsa) return badField("digest");
  if (!request.digest && !pss) return trust::usualAlgorithm(signer);
  const auto digest = request.digest.value_or("sha256");
  using enum SignatureAlgorithm;
  if (!rsa) return byDigest(digest, {ecdsaSha256, ecdsaSha384, ecdsaSha512});
  return pss ? byDigest(digest, {rsaPssSha256, rsaPssSha384, rsaPssSha512})
             : byDigest(digest, {rsaSha256, rsaSha384, rsaSha512});
}

}  // namespace sealferry::operation
