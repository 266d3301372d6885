// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

// Statuses of GM/T 0016-2012, annex A. Up to 0x32 all vendors' headers agree; beyond that they collide.
namespace sealferry::token::skf::native {

constexpr std::uint64_t ok = 0x00000000, fail = 0x0A000001, unknown = 0x0A000002, notSupported = 0x0A000003,
                        fileError = 0x0A000004, invalidHandle = 0x0A000005, invalidParameter = 0x0A000006,
                        readFile = 0x0A000007, writeFile = 0x0A000008, keyUsage = 0x0A00000A,
                        modulusLength = 0x0A00000B, timeOut = 0x0A00000F, inDataLength = 0x0A000010,
                        inData = 0x0A000011, rsaModulusLength = 0x0A000016, keyNotFound = 0x0A00001B,
                        certificateNotFound = 0x0A00001C, notExported = 0x0A00001D, bufferTooSmall = 0x0A000020,
                        keyInfoType = 0x0A000021, deviceRemoved = 0x0A000023, pinIncorrect = 0x0A000024,
                        pinLocked = 0x0A000025, pinInvalid = 0x0A000026, pinLengthRange = 0x0A000027,
                        alreadyLoggedIn = 0x0A000028, pinNotInitialized = 0x0A000029, notLoggedIn = 0x0A00002D,
                        noRoom = 0x0A000030, fileNotExist = 0x0A000031, tooManyContainers = 0x0A000032,
                        containerMissing = 0x0A000036;

}  // namespace sealferry::token::skf::native
