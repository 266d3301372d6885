// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>
#include <exception>
#include <qpdf/QUtil.hh>

#include "form.h"
#include "image.h"
#include "increment.h"
#include "open.h"
#include "page.h"
#include "pdf/stamp.h"
#include "sub_filter.h"
#include "tail.h"

namespace sealferry::pdf {
namespace {

using document::Reserved;
using document::SignatureFormat;
using document::StampRequest;

constexpr std::string_view rangePlaceholder = "[0 0000000000000 0000000000000 0000000000000]";

std::string number(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.4f", value);
  return text;
}

/// A text string in UTF-16 with byte order mark (ISO 32000-1 §7.9.2.2), hexadecimal so that no byte needs escaping.
std::string textString(const std::string& utf8) { return "<" + toHex(viewOf(QUtil::utf8_to_utf16(utf8))) + ">"; }

/// "D:20261122080000Z"
std::string dateString(Time time) {
  std::string digits;
  for (const char letter : toRfc3339(time))
    if (letter >= '0' && letter <= '9') digits.push_back(letter);
  return "(D:" + digits + "Z)";
}

/// Turned against the page, so that it stands upright once the page is turned for display.
std::string matrixFor(int rotation) {
  switch (rotation) {
    case 90:
      return "[0 1 -1 0 0 0]";
    case 180:
      return "[-1 0 0 -1 0 0]";
    case 270:
      return "[0 -1 1 0 0 0]";
    default:
      return "[1 0 0 1 0 0]";
  }
}

Result<int> addAppearance(Increment& increment, const StampRequest& request, const Page& page) {
  const auto image = addImage(increment, request.picture.data);
  if (!image) return image;
  const auto width = number(request.picture.widthMm * 72 / 25.4 / page.userUnit);
  const auto height = number(request.picture.heightMm * 72 / 25.4 / page.userUnit);
  const auto content = "q " + width + " 0 0 " + height + " 0 0 cm /Seal Do Q";
  return increment.addStream("/Type /XObject /Subtype /Form /FormType 1 /BBox [0 0 " + width + " " + height +
                                 "] /Matrix " + matrixFor(page.rotation) + " /Resources <</XObject <</Seal " +
                                 reference(*image) + ">>>>",
                             copyOf(viewOf(content)));
}

std::string signatureBody(const StampRequest& request) {
  // PAdES B-B (ETSI EN 319 142-1 §6.3): the signing time is /M here, and not in the CMS. /ByteRange and /Contents come
  // last, so that their places can be found from the end.
  const auto subFilter = request.format == SignatureFormat::ses ? sesSubFilter : cadesSubFilter;
  return "<</Type /Sig /Filter /Adobe.PPKLite /SubFilter " + std::string(subFilter) + " /Name " +
         textString(request.signer) + " /Reason " + textString(request.reason) + " /M " + dateString(request.time) +
         " /ByteRange " + std::string(rangePlaceholder) + " /Contents <" +
         std::string(std::size_t{2} * request.signatureRoom, '0') + ">>>";
}

std::string widgetBody(const std::string& name, const Rectangle& place, const std::string& page, int signature,
                       int appearance) {
  // F 132 = Print | Locked (table 165): the stamp is printed and not moved by accident.
  return "<</Type /Annot /Subtype /Widget /FT /Sig /T " + textString(name) + " /F 132 /Rect [" + number(place.left) +
         " " + number(place.bottom) + " " + number(place.right) + " " + number(place.top) + "] /P " + page + " /V " +
         reference(signature) + " /AP <</N " + reference(appearance) + ">>>>";
}

struct Written {
  Bytes bytes;
  std::uint64_t range, contents;  ///< offsets in the increment: of "[" and of "<"
};

Result<Written> write(QPDF& pdf, const Tail& tail, std::uint64_t size, const StampRequest& request) {
  if (request.placements.size() != 1) return refuse(ErrorCode::bad_request, "placements");
  const auto page = findPage(pdf, request.placements.front().pages.first);
  if (!page) return passOn(page);
  const auto place = placeOn(*page, request.picture, request.placements.front());
  if (!place) return passOn(place);

  Increment increment(pdf, tail, size);
  const auto appearance = addAppearance(increment, request, *page);
  if (!appearance) return passOn(appearance);
  const auto body = signatureBody(request);
  const int signature = increment.add(body);
  auto object = page->object;
  const auto pageReference = object.unparse();
  const int widget = increment.add(widgetBody(freshFieldName(pdf), *place, pageReference, signature, *appearance));
  linkField(pdf, increment, widget);
  linkAnnotation(object, increment, widget);

  const auto start =
      increment.offsetOf(signature) + std::to_string(signature).size() + std::string_view(" 0 obj\n").size();
  return Written{increment.finish(), start + body.find(rangePlaceholder), start + body.find("/Contents <") + 10};
}

/// Fills the numbers in, as wide as the placeholder.
void setRange(Written& written, std::uint64_t size, std::uint64_t contentsSize) {
  const auto before = size + written.contents;
  const auto after = before + contentsSize;
  char text[64];
  std::snprintf(text, sizeof text, "[0 %llu %llu %llu", static_cast<unsigned long long>(before),
                static_cast<unsigned long long>(after),
                static_cast<unsigned long long>(size + written.bytes.size() - after));
  std::string range = text;
  range.resize(rangePlaceholder.size() - 1, ' ');
  range.push_back(']');
  std::copy(range.begin(), range.end(), written.bytes.begin() + static_cast<std::ptrdiff_t>(written.range));
}

Result<Reserved> reserveIn(int descriptor, const StampRequest& request) {
  const FileSource source(descriptor);
  const auto tail = readTail(source);
  if (!tail) return passOn(tail);
  const auto pdf = openDocument(descriptor);
  if (!pdf) return passOn(pdf);
  if ((*pdf)->isEncrypted()) return refuse(ErrorCode::document_protected, "encrypted");
  if (const auto may = mayBeSigned(**pdf); !may) return passOn(may);
  auto written = write(**pdf, *tail, source.size(), request);
  if (!written) return passOn(written);
  const auto contentsSize = std::uint64_t{2} * request.signatureRoom + 2;
  setRange(*written, source.size(), contentsSize);
  Reserved reserved;
  reserved.originalSize = source.size();
  reserved.pages = 1;
  reserved.signatureRoom = request.signatureRoom;
  reserved.increments = {{std::move(written->bytes), written->contents}};
  return reserved;
}

}  // namespace

Result<Reserved> reserve(int descriptor, const StampRequest& request) {
  try {
    return reserveIn(descriptor, request);
  } catch (const std::exception&) {  // QPDF's, on structures it meets late; bad_alloc under the memory limit
    return unreadable("structure");
  }
}

}  // namespace sealferry::pdf
