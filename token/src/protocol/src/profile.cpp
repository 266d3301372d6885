// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "expect.h"
#include "protocol/coding.h"
#include "protocol/message.h"

namespace sealferry::token::protocol {
namespace {

/// Times of seals; before 1970 nobody made any.
void putTime(Writer& out, std::int64_t time) {
  out.number(static_cast<std::uint64_t>(std::max<std::int64_t>(time, 0)));
}

std::int64_t takeTime(Reader& in) { return static_cast<std::int64_t>(in.number(INT64_MAX)); }

unsigned takeUnsigned(Reader& in) { return static_cast<unsigned>(in.number(UINT32_MAX)); }

template <class E>
void putEnum(Writer& out, E value) {
  out.number(static_cast<std::uint64_t>(value));
}

}  // namespace

void put(Writer& out, const SealFace& value) {
  out.array(8);
  out.text(value.title);
  out.text(value.owner);
  out.bytes(value.picture);
  out.number(value.widthMm);
  out.number(value.heightMm);
  for (const auto time : {value.made, value.notBefore, value.notAfter}) putTime(out, time);
}

void take(Reader& in, SealFace& value) {
  expect(in, 8);
  value.title = in.text(mostText);
  value.owner = in.text(mostText);
  value.picture = in.bytes(mostFrameBytes);
  value.widthMm = takeUnsigned(in);
  value.heightMm = takeUnsigned(in);
  for (auto* time : {&value.made, &value.notBefore, &value.notAfter}) *time = takeTime(in);
}

void put(Writer& out, const DevicePattern& value) {
  out.array(3);
  for (const auto* text : {&value.manufacturer, &value.model, &value.serial}) out.text(*text);
}

void take(Reader& in, DevicePattern& value) {
  expect(in, 3);
  for (auto* text : {&value.manufacturer, &value.model, &value.serial}) *text = in.text(mostText);
}

void put(Writer& out, const StorageProfile& value) {
  out.array(14);
  out.text(value.name);
  out.boolean(value.mayWrite);
  put(out, value.devices);
  out.text(value.application);
  out.text(value.place);
  out.number(value.first);
  out.number(value.count);
  putEnum(out, value.encoding);
  putEnum(out, value.readRight);
  putEnum(out, value.writeRight);
  out.number(value.fixedBytes);
  out.number(value.padding);
  out.number(value.mostBytes);
  out.text(value.heightElement);
}

void take(Reader& in, StorageProfile& value) {
  expect(in, 14);
  value.name = in.text(mostText);
  value.mayWrite = in.boolean();
  take(in, value.devices);
  value.application = in.text(mostText);
  value.place = in.text(mostText);
  value.first = takeUnsigned(in);
  value.count = static_cast<unsigned>(in.number(mostVendorPlaces));
  takeEnum(in, value.encoding, SealEncoding::bjca);
  takeEnum(in, value.readRight, FileRight::nobody);
  takeEnum(in, value.writeRight, FileRight::nobody);
  value.fixedBytes = takeUnsigned(in);
  value.padding = static_cast<std::uint8_t>(in.number(UINT8_MAX));
  value.mostBytes = takeUnsigned(in);
  value.heightElement = in.text(mostText);
}

void put(Writer& out, const KeyLayout& value) {
  out.array(4);
  out.text(value.profile);
  out.boolean(value.writable);
  out.boolean(value.wantsFaces);
  out.text(value.reason);
}

void take(Reader& in, KeyLayout& value) {
  expect(in, 4);
  value.profile = in.text(mostText);
  value.writable = in.boolean();
  value.wantsFaces = in.boolean();
  value.reason = in.text(mostText);
}

}  // namespace sealferry::token::protocol
