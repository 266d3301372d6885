// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>
#include <exception>
#include <span>

#include "annotation.h"
#include "appearance.h"
#include "form.h"
#include "increment.h"
#include "open.h"
#include "pdf/stamp.h"
#include "permission.h"
#include "plan.h"
#include "tail.h"

namespace sealferry::pdf {
namespace {

using document::Reserved;
using document::StampRequest;

constexpr std::size_t mostNewSignatures = 64;
constexpr std::uint32_t largestRoom = 1024 * 1024;
/// Entries of a cross-reference table have ten digits (ISO 32000-1 §7.5.4).
constexpr std::uint64_t largestWithTable = 9'900'000'000;

/// Fills the numbers in, as wide as the placeholder.
void setRange(document::Increment& increment, std::size_t at, std::uint64_t start, std::uint64_t hole) {
  const auto before = start + increment.contentsOffset, after = before + hole;
  char text[64];
  std::snprintf(text, sizeof text, "[0 %llu %llu %llu", static_cast<unsigned long long>(before),
                static_cast<unsigned long long>(after),
                static_cast<unsigned long long>(start + increment.bytes.size() - after));
  std::string range = text;
  range.resize(rangePlaceholder.size() - 1, ' ');
  range.push_back(']');
  std::ranges::copy(range, increment.bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

/// Writes one increment after the other, each a signature over all that is before it.
class Writer {
 public:
  Writer(QPDF& pdf, const Tail& tail, const StampRequest& request, const Caption& caption)
      : pdf_(pdf),
        tail_(tail),
        request_(request),
        appearances_(request.picture, caption, conformanceOf(pdf)),
        names_(pdf) {}

  /// The first mark is the signature's widget, the others are annotations beside it.
  Result<document::Increment> write(std::span<const Mark> marks) {
    Increment increment(pdf_, tail_);
    const auto body = signatureBody(request_);
    const int signature = increment.add(body);
    for (const auto& mark : marks)
      if (const auto done = link(increment, mark, &mark == &marks.front() ? signature : 0); !done) return passOn(done);
    const auto start =
        increment.offsetOf(signature) + std::to_string(signature).size() + std::string_view(" 0 obj\n").size();
    document::Increment written{increment.finish(), start + body.rfind("/Contents <") + 10};
    setRange(written, start + body.rfind(rangePlaceholder), tail_.fileSize,
             std::uint64_t{2} * request_.signatureRoom + 2);
    tail_ = increment.tail();
    return written;
  }

  int nextNumber() const { return tail_.nextNumber; }

 private:
  Result<void> link(Increment& increment, const Mark& mark, int signature) {
    const auto appearance = appearances_.of(increment, mark);
    if (!appearance) return passOn(appearance);
    const auto name = names_.fresh();
    const int annotation = increment.add(signature != 0 ? widgetBody(request_, mark, name, signature, *appearance)
                                                        : stampBody(request_, mark, name, *appearance));
    if (signature != 0) linkField(pdf_, increment, annotation);
    linkAnnotation(pdf_, mark.page.object, increment, annotation);
    return {};
  }

  QPDF& pdf_;
  Tail tail_;
  const StampRequest& request_;
  Appearances appearances_;
  FieldNames names_;
};

document::PlacedStamp placed(const Mark& mark, std::size_t increment) {
  return {mark.number, mark.area.xMm, mark.area.yMm, mark.area.widthMm, mark.area.heightMm, increment};
}

/// Under another's signature nothing may be added but signatures, so there each stamp is one. Otherwise one signature
/// stands for all.
Result<void> addAll(Writer& writer, std::span<const Mark> marks, bool separately, Reserved& reserved) {
  const auto step = separately ? std::size_t{1} : marks.size();
  if (marks.size() / step > mostNewSignatures) return badRequest("pages");
  for (std::size_t first = 0; first < marks.size(); first += step) {
    auto increment = writer.write(marks.subspan(first, step));
    if (!increment) return passOn(increment);
    for (const auto& mark : marks.subspan(first, step))
      reserved.stamps.push_back(placed(mark, reserved.increments.size()));
    reserved.increments.push_back(*std::move(increment));
  }
  return {};
}

/// The first number for a new object. What /Size calls missing would come to life with an increment that counts on.
Result<int> firstNumber(QPDF& pdf) {
  auto size = pdf.getTrailer().getKey("/Size");
  if (!size.isInteger() || size.getIntValue() < 1 || size.getIntValue() > 8'388'607) return unreadable("size");
  return static_cast<int>(size.getIntValue());
}

/// A number that is in use beyond /Size would be written over.
bool areFree(QPDF& pdf, int first, int end) {
  for (int number = first; number < end; ++number)
    if (!pdf.getObjectByID(number, 0).isNull()) return false;
  return true;
}

/// What was done that nobody asked for.
std::vector<std::string> notesOn(QPDF& pdf) {
  std::vector<std::string> notes;
  if (conformanceOf(pdf).forbidsTransparency()) notes.emplace_back("opaque");
  auto form = pdf.getRoot().getKey("/AcroForm");
  if (form.isDictionary() && form.hasKey("/NeedAppearances")) notes.emplace_back("needAppearances");
  return notes;
}

Result<Reserved> reserveIn(int descriptor, const StampRequest& request) {
  if (request.signatureRoom == 0 || request.signatureRoom > largestRoom) return badRequest("signatureRoom");
  const FileSource source(descriptor);
  auto tail = readTail(source);
  if (!tail) return passOn(tail);
  if (!tail->xrefIsStream && source.size() > largestWithTable) return refuse(ErrorCode::document_too_large, "xref");
  const auto input = std::make_shared<PartInput>(source);
  const auto pdf = openDocument(input);
  if (!pdf) return passOn(pdf);
  if ((*pdf)->isEncrypted()) return refuse(ErrorCode::document_protected, "encrypted");
  if (const auto may = mayBeSigned(**pdf); !may) return passOn(may);
  const auto number = firstNumber(**pdf);
  if (!number) return passOn(number);
  tail->nextNumber = *number;
  TreeNodes nodes(**pdf, *input);
  auto tree = PageTree::of(**pdf, nodes);
  if (!tree) return passOn(tree);
  if (const auto good = checkWarnings(**pdf); !good) return passOn(good);
  const auto caption = captionFor(request);
  if (!caption) return passOn(caption);
  const auto marks = planMarks(*tree, request, *caption);
  if (!marks) return passOn(marks);
  if (request.keyword) (*pdf)->getWarnings();  // forgotten: what a page's content is like is not ours to judge

  Reserved reserved{source.size(), tree->count(), request.signatureRoom, {}, {}, notesOn(**pdf)};
  Writer writer(**pdf, *tail, request, *caption);
  if (const auto done = addAll(writer, *marks, isSigned(**pdf), reserved); !done) return passOn(done);
  if (!areFree(**pdf, *number, writer.nextNumber())) return unreadable("size");
  // The parser puts null where it could not make sense of an object, and goes on: what we changed must not rest on
  // that.
  if ((*pdf)->anyWarnings()) return unreadable("damaged");
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
