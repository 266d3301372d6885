// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <tl/expected.hpp>

namespace sealferry::softkey {

/// What the calls of GM/T 0016-2012 answer (annex A).
enum class Status : std::uint32_t {
  ok = 0,
  fail = 0x0A000001,
  notSupported = 0x0A000003,
  fileError = 0x0A000004,
  invalidHandle = 0x0A000005,
  invalidParameter = 0x0A000006,
  nameLength = 0x0A000009,
  inputLength = 0x0A000010,
  inputData = 0x0A000011,
  hashNotEqual = 0x0A00001A,
  keyNotFound = 0x0A00001B,
  certificateNotFound = 0x0A00001C,
  bufferTooSmall = 0x0A000020,
  notEvent = 0x0A000022,
  deviceRemoved = 0x0A000023,
  pinIncorrect = 0x0A000024,
  pinLocked = 0x0A000025,
  pinInvalid = 0x0A000026,
  pinLengthRange = 0x0A000027,
  userTypeInvalid = 0x0A00002A,
  applicationNameInvalid = 0x0A00002B,
  applicationExists = 0x0A00002C,
  notLoggedIn = 0x0A00002D,
  applicationMissing = 0x0A00002E,
  fileExists = 0x0A00002F,
  noRoom = 0x0A000030,
  fileMissing = 0x0A000031,
  tooManyContainers = 0x0A000032,
  containerMissing = 0x0A000036,  // beyond 0x32 vendors differ; this one is common
};

template <class T>
using Outcome = tl::expected<T, Status>;
inline tl::unexpected<Status> refuse(Status status) { return tl::unexpected<Status>(status); }

}  // namespace sealferry::softkey
