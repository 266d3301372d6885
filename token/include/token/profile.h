// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sealferry::token {

/// How a vendor's bidding tools keep a seal in a file or object (docs/key-layout.md, "Storage profiles").
enum class SealEncoding {
  der,            ///< the SES seal itself
  base64,         ///< the SES seal as base64 text
  base64Picture,  ///< a picture as base64 text
  sealinfos,      ///< GBK XML with pictures, any number of them
  bjca,           ///< a binary head, then a picture
};

/// The first two keep the seal; the others a picture of it, from which no seal can be had again.
inline bool keepsSeal(SealEncoding encoding) {
  return encoding == SealEncoding::der || encoding == SealEncoding::base64;
}

/// Who may read or write a file (GM/T 0016-2012 §6.4.9). On PKCS#11 reading by anyone is a public object, by the user a
/// private one; who may write is for the token to say.
enum class FileRight { anyone, user, administrator, nobody };

/// The most that `{n}` of a profile counts.
constexpr unsigned mostVendorPlaces = 16;

/// Keys a profile is for. Each text is whole, or a beginning that ends with `*`; an empty one fits all.
struct DevicePattern {
  std::string manufacturer, model, serial;
  friend bool operator==(const DevicePattern&, const DevicePattern&) = default;
};

/// Where a vendor's tools look for seals on a key, and in what form: from a data file that machine policy names.
struct StorageProfile {
  std::string name;                      ///< as readKey shows it
  bool mayWrite = false;                 ///< policy names it for this module: new seals go through it
  std::vector<DevicePattern> devices{};  ///< of which one must fit; none: every key of the module
  std::string application{};      ///< CKA_APPLICATION, or the SKF application that must be open; empty: not looked at
  std::string place{};            ///< name of the file or label of the object; `{n}` in it counts
  unsigned first = 1, count = 1;  ///< what `{n}` begins with, and how many there may be
  SealEncoding encoding = SealEncoding::der;
  FileRight readRight = FileRight::anyone, writeRight = FileRight::user;
  std::uint32_t fixedBytes = 0;             ///< a file always has this size; 0: that of its content
  std::uint8_t padding = 0;                 ///< what fills a file of fixed size
  std::uint32_t mostBytes = 65536;          ///< of one file
  std::string heightElement = "sealhight";  ///< sealinfos: most vendors spell it so, one as sealheight
  friend bool operator==(const StorageProfile&, const StorageProfile&) = default;
};

/// How a key stands to the profiles.
struct KeyLayout {
  std::string profile{};    ///< through which new seals go; empty: into our own objects
  bool writable = true;     ///< false: every change is refused with layout_unknown
  bool wantsFaces = false;  ///< the profile keeps pictures: a change must bring the faces of its seals (Blob::face)
  /// Why it is not writable: `unexplained` (something like a seal that no profile explains), `notNamed` (a profile
  /// explains it, but policy does not name it for this module), `incomplete` (a file holds more than its encoding can
  /// hold, and writing it anew would lose that), `rights` (only an administrator of the key may write), `ambiguous`
  /// (policy names several for this key).
  std::string reason{};
  friend bool operator==(const KeyLayout&, const KeyLayout&) = default;
};

}  // namespace sealferry::token
