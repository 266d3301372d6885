// SPDX-License-Identifier: Apache-2.0
#include "cms_names.h"
#include "trust/cms.h"
#include "trust/der.h"

namespace sealferry::trust::cms {
namespace {

using Elements = std::vector<der::Element>;

constexpr std::size_t mostParts = 16;

/// What lies in a constructed element, if it is well formed and of few parts.
Elements partsOf(const der::Element& element) {
  Elements parts;
  auto reader = der::inside(element);
  while (reader && !reader->atEnd()) {
    const auto part = reader->next();
    if (!part || parts.size() == mostParts) return {};
    parts.push_back(*part);
  }
  return parts;
}

/// The element once more with its last part replaced by these bytes.
Bytes withLast(const der::Element& element, const Elements& parts, ByteView last) {
  Bytes content;
  for (std::size_t i = 0; i + 1 < parts.size(); ++i)
    content.insert(content.end(), parts[i].whole.begin(), parts[i].whole.end());
  content.insert(content.end(), last.begin(), last.end());
  return der::element(element.tag, true, content);
}

/// RFC 3161 appendix A: one value, among the unsigned attributes ([1] IMPLICIT SET OF Attribute).
Bytes unsignedAttributes(ByteView token) {
  const auto values = der::element(der::tag::set, true, token);
  const auto attribute = der::sequence({der::encodeObjectIdentifier(oid::timestampToken), values});
  return der::element(der::tag::context(1), true, attribute);
}

/// The way down: ContentInfo, [0], SignedData, signerInfos, SignerInfo; always the last part.
Result<Bytes> appended(const der::Element& element, unsigned depth, ByteView token) {
  const auto parts = partsOf(element);
  if (parts.empty()) return badMessage("malformed");
  if (depth > 0) {
    const auto last = appended(parts.back(), depth - 1, token);
    return last ? Result<Bytes>(withLast(element, parts, *last)) : last;
  }
  if (parts.back().tag != der::tag::octetString) return badMessage("unsignedAttributes");
  return der::element(element.tag, true, der::join({der::only(element.whole)->content, unsignedAttributes(token)}));
}

}  // namespace

Result<Bytes> withTimestamp(ByteView message, ByteView token) {
  const auto whole = der::padded(message);
  if (!whole || !read(whole->whole) || !der::only(token)) return badMessage("malformed");
  return appended(*whole, 4, token);
}

}  // namespace sealferry::trust::cms
