// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>

namespace sealferry::token::protocol {

// A frame is a length of 4 bytes, little-endian, then CBOR: a request `[id, op, [arguments…]]`, an answer
// `[id, status, result]`. Answers come in the order of the requests; before its answer a change may send any number of
// progress frames. The first request is `hello` with the version; everything else before it ends the worker.
constexpr std::uint64_t version = 2;
constexpr std::size_t lengthBytes = 4;
constexpr std::size_t mostFrameBytes = 1U << 20;

/// Append only: the number is the contract.
enum class Op : std::uint8_t {
  hello = 0,           ///< [version, [StorageProfile]] -> version
  module = 1,          ///< [] -> ModuleInfo
  keys = 2,            ///< [] -> [KeyInfo]
  open = 3,            ///< [serial] -> session number; every further operation has it as its first argument
  close = 4,           ///< [] -> null
  info = 5,            ///< -> KeyInfo
  certificates = 6,    ///< -> [CertificateObject]
  keyPairs = 7,        ///< -> [KeyPair]
  blobs = 8,           ///< -> [BlobInfo]
  readBlob = 9,        ///< [name] -> bytes
  login = 10,          ///< [PIN as bytes] -> null
  logout = 11,         ///< -> null
  changePin = 12,      ///< [PIN, new PIN] -> null
  sign = 13,           ///< [keyId, scheme, digest] -> bytes
  createKeyPair = 14,  ///< [algorithm, bits] -> KeyPair
  changeState = 15,    ///< [ChangeTarget] -> number
  pending = 16,        ///< -> PendingChange or null
  apply = 17,          ///< [Change] -> null
  reserve = 18,        ///< [program, process] -> null
  layout = 19,         ///< -> KeyLayout
  unblocking = 20,     ///< -> PinState or null
  unblockPin = 21,     ///< [PUK, new PIN] -> null
};
constexpr std::uint64_t lastOp = 21;

enum class Status : std::uint8_t {
  ok = 0,        ///< with the result
  error = 1,     ///< with [code, where, native, tries left or null, [name, value…]]
  progress = 2,  ///< with [step, done, total]
};

/// What a worker that watches says: single bytes, in no frame.
enum class Word : std::uint8_t {
  changed = 1,  ///< it has begun to watch, or keys may have come or gone
  lost = 2,     ///< the service it watches has stopped; `changed` follows when it is back
};

constexpr std::size_t mostPinBytes = 256;

}  // namespace sealferry::token::protocol
