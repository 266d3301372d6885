// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "prompt/window.h"

namespace sealferry::prompt {

enum class Language { chinese, english };

/// Chinese unless the user's locale is English (LC_ALL, LC_MESSAGES, LANG).
Language userLanguage();

/// Text that came from a page, a key or a certificate, made fit for a window: controls, line breaks and bidirectional
/// marks are taken out, spaces run together, at most `longest` characters (then "…").
std::string tame(std::string_view text, std::size_t longest = 60);

/// The last four characters of a serial number.
std::string tailOf(std::string_view serial);

/// What is about to happen, in the portal's words.
enum class Act {
  login,
  createRequest,
  writeSeal,
  changeSeal,
  annualInspection,
  testStamp,
  stampDocument,
  changePin,
  unblockPin,
  read
};
std::string wordFor(Act act, Language language);

struct KeyWords {
  std::string unit, serial;
};
struct PinWords {
  std::string site;  ///< origin; empty for the command line
  Act act = Act::read;
  KeyWords key;
  std::optional<int> triesLeft;
  bool wrong = false, low = false, mayLock = false;  ///< the last try was wrong; flags of the token
  bool common = false;  ///< the key's PIN, or the new one just chosen, is one everybody knows
};
struct SealWords {
  std::string name;
  Time notAfter = 0;
  bool isNew = false;
};
struct WriteWords {
  std::string site, order;
  Act act = Act::writeSeal;
  KeyWords key;
  std::vector<SealWords> seals;
  std::optional<Time> certificateUntil;  ///< a certificate is replaced too
  bool encryptionKeyReplaced = false;    ///< then files encrypted to the old one cannot be read any more
  bool inPlace = false;                  ///< 先删除旧签章
};

/// One stamp on the page as displayed.
struct StampPlaceWords {
  unsigned page = 1;
  double xMm = 0, yMm = 0;
};
/// What will be done to a document: as the host itself read it, not as the page described it.
struct StampWords {
  std::string site;
  std::string name, reason;  ///< chosen by the page, shown as quotations
  std::string seal, sha256;  ///< sha256: hexadecimal
  KeyWords key;
  std::uint64_t bytes = 0;
  unsigned pages = 0;
  std::vector<StampPlaceWords> places;
  std::string keyword;         ///< the words that were looked for; empty: none
  bool across = false;         ///< 骑缝章 among them
  bool textLine = false;       ///< signer, time and reason printed under the stamps
  std::size_t signatures = 1;  ///< signatures that will be made
};

Question trustQuestion(const std::string& origin, Language language);
/// A question of its own: with this right a site may have contracts stamped.
Question stampRightQuestion(const std::string& origin, Language language);
Question stampQuestion(const StampWords& words, Language language);
Question writeQuestion(const WriteWords& words, Language language);
/// Before a PIN is set anew with the PUK.
Question unblockQuestion(const std::string& site, const std::string& order, const KeyWords& key, Language language);
Question lastTryQuestion(const KeyWords& key, const std::optional<std::string>& helpline, Language language);
Question lastPukTryQuestion(const KeyWords& key, const std::optional<std::string>& helpline, Language language);
PinQuestion pinQuestion(const PinWords& words, Language language);
PinQuestion newPinQuestion(const PinWords& words, Language language);
/// The PUK or the administrator's PIN, for which people are told one word (解锁码); tries and flags are those of it.
PinQuestion pukQuestion(const PinWords& words, Language language);
/// For a key with keys of its own: sends the user there, has no field.
Question padQuestion(const PinWords& words, Language language);
Question pukPadQuestion(const PinWords& words, Language language);

}  // namespace sealferry::prompt
