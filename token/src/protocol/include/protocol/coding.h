// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "cbor/reader.h"
#include "cbor/writer.h"
#include "token/profile.h"
#include "token/types.h"

namespace sealferry::token::protocol {

using cbor::Reader;
using cbor::Writer;

/// A structure is an array of its members in order. `take` leaves an empty value where the reader has gone bad.
void put(Writer& out, const PinState& value);
void put(Writer& out, const KeyInfo& value);
void put(Writer& out, const ModuleInfo& value);
void put(Writer& out, const CertificateObject& value);
void put(Writer& out, const KeyPair& value);
void put(Writer& out, const BlobInfo& value);
void put(Writer& out, const Blob& value);
void put(Writer& out, const SealFace& value);
void put(Writer& out, const DevicePattern& value);
void put(Writer& out, const StorageProfile& value);
void put(Writer& out, const KeyLayout& value);
void put(Writer& out, const Change& value);
void put(Writer& out, const ChangeTarget& value);
void put(Writer& out, const PendingChange& value);
void put(Writer& out, const Error& value);
void put(Writer& out, const Bytes& value);
void put(Writer& out, std::uint64_t value);
void put(Writer& out, ChangeState value);

void take(Reader& in, PinState& value);
void take(Reader& in, KeyInfo& value);
void take(Reader& in, ModuleInfo& value);
void take(Reader& in, CertificateObject& value);
void take(Reader& in, KeyPair& value);
void take(Reader& in, BlobInfo& value);
void take(Reader& in, Blob& value);
void take(Reader& in, SealFace& value);
void take(Reader& in, DevicePattern& value);
void take(Reader& in, StorageProfile& value);
void take(Reader& in, KeyLayout& value);
void take(Reader& in, Change& value);
void take(Reader& in, ChangeTarget& value);
void take(Reader& in, PendingChange& value);
void take(Reader& in, Error& value);
void take(Reader& in, Bytes& value);
void take(Reader& in, std::uint64_t& value);
void take(Reader& in, ChangeState& value);

constexpr std::size_t mostItems = 8192;

template <class T>
void put(Writer& out, const std::vector<T>& values) {
  out.array(values.size());
  for (const auto& value : values) put(out, value);
}

template <class T>
void take(Reader& in, std::vector<T>& values) {
  const auto count = in.array(mostItems);
  for (std::size_t i = 0; i < count && in.good(); ++i) take(in, values.emplace_back());
}

template <class T>
void put(Writer& out, const std::optional<T>& value) {
  if (value)
    put(out, *value);
  else
    out.null();
}

template <class T>
void take(Reader& in, std::optional<T>& value) {
  if (!in.null()) take(in, value.emplace());
}

/// Enumerations travel as their number; one beyond `last` is refused.
template <class E>
void takeEnum(Reader& in, E& value, E last) {
  value = static_cast<E>(in.number(static_cast<std::uint64_t>(last)));
}

}  // namespace sealferry::token::protocol
