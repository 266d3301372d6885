// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <doctest/doctest.h>

#include "card/card.h"
#include "card/tlv.h"

namespace sealferry::card {

/// A card in memory, and the commands that a test gives it, in hexadecimal.
class Talk {
 public:
  std::string operator()(const std::string& command) {
    const auto frame = fromHex(command);
    REQUIRE(frame.has_value());
    return toHex(card.answer(*frame));
  }
  /// The PIN is "1234" and the PUK sixteen times "9", both padded as OpenSC does.
  void setPins() {
    CHECK((*this)("00240102"
                  "10" +
                  puk) == "9000");
    CHECK((*this)("00240101"
                  "10" +
                  pin) == "9000");
    card.reset();
  }
  const std::string pin =
                        "31323334"
                        "000000000000000000000000",
                    wrong =
                        "30303030"
                        "000000000000000000000000";
  const std::string other =
                        "35363738"
                        "000000000000000000000000",
                    puk = "39393939393939393939393939393939";
  unsigned kept = 0;
  Card card{State{}, [this](const State&) { ++kept; }};
};

}  // namespace sealferry::card
