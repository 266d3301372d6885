// SPDX-License-Identifier: Apache-2.0
#include "annotation.h"

#include <qpdf/QUtil.hh>

#include "increment.h"
#include "number.h"
#include "sub_filter.h"

namespace sealferry::pdf {
namespace {

using document::SignatureFormat;
using document::StampRequest;

/// A text string in UTF-16 with byte order mark (ISO 32000-1 §7.9.2.2), hexadecimal so that no byte needs escaping.
std::string textString(const std::string& utf8) { return "<" + toHex(viewOf(QUtil::utf8_to_utf16(utf8))) + ">"; }

/// "D:20261122080000Z"
std::string dateString(Time time) {
  std::string digits;
  for (const char letter : toRfc3339(time))
    if (letter >= '0' && letter <= '9') digits.push_back(letter);
  return "(D:" + digits + "Z)";
}

/// What a screen reader says of it (§14.9.3): /TU of a field, /Contents of any other annotation.
std::string description(const StampRequest& request) { return textString("电子印章：" + request.signer); }

/// What widget and stamp have in common. F 132 = Print | Locked (table 165): printed, and not moved by accident.
std::string annotationMembers(const StampRequest& request, const Mark& mark, int appearance) {
  const auto place = toUserSpace(mark.page, mark.box);
  auto page = mark.page.object;
  return " /F 132 /Rect " + numbers({place.left, place.bottom, place.right, place.top}) + " /P " + page.unparse() +
         " /M " + dateString(request.time) + " /AP <</N " + reference(appearance) + ">>";
}

}  // namespace

std::string signatureBody(const StampRequest& request) {
  // PAdES B-B (ETSI EN 319 142-1 §6.3): the signing time is /M here, and not in the CMS. /ByteRange and /Contents come
  // last, so that their places can be found from the end.
  const auto subFilter = request.format == SignatureFormat::ses ? sesSubFilter : cadesSubFilter;
  return "<</Type /Sig /Filter /Adobe.PPKLite /SubFilter " + std::string(subFilter) + " /Name " +
         textString(request.signer) + " /Reason " + textString(request.reason) + " /M " + dateString(request.time) +
         " /ByteRange " + std::string(rangePlaceholder) + " /Contents <" +
         std::string(std::size_t{2} * request.signatureRoom, '0') + ">>>";
}

std::string widgetBody(const StampRequest& request, const Mark& mark, const std::string& name, int signature,
                       int appearance) {
  return "<</Type /Annot /Subtype /Widget /FT /Sig /T " + textString(name) + " /TU " + description(request) + " /V " +
         reference(signature) + annotationMembers(request, mark, appearance) + ">>";
}

std::string stampBody(const StampRequest& request, const Mark& mark, const std::string& name, int appearance) {
  return "<</Type /Annot /Subtype /Stamp /NM " + textString(name) + " /Contents " + description(request) +
         annotationMembers(request, mark, appearance) + ">>";
}

}  // namespace sealferry::pdf
