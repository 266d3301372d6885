// SPDX-License-Identifier: Apache-2.0
// What the check of a seal costs beside the SM2 verifications in it: a v4 seal of 20 KiB with its maker's chain and a
// revocation list. Both are timed in turn, so that whatever else the machine does weighs on both. Prints JSON.
#include <algorithm>
#include <chrono>
#include <cstdio>

#include "support/seals.h"
#include "trust/signature.h"

using namespace sealferry;
using namespace sealferry::test;

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t sealSize = 20 * 1024;
constexpr int rounds = 300, verifications = 3;  // of the seal, of the maker's certificate, of the list

/// The signatures of a check alone, over what they are over.
struct Signatures {
  Bytes message;
  Bytes value;
  const trust::Certificate& signer;
};

bool verifyAlone(const Signatures& one) {
  bool good = true;
  for (int i = 0; i < verifications; ++i) {
    // Only the seal's is over 20 KiB; the others are over some hundred bytes.
    const auto message = i == 0 ? ByteView(one.message) : ByteView(one.message).first(400);
    const bool holds = trust::verifySignature(one.signer, trust::SignatureAlgorithm::sm2Sm3, message, one.value);
    good = good && (holds == (i == 0));
  }
  return good;
}

template <class Call>
double microseconds(Call call) {
  const auto start = Clock::now();
  if (!call()) std::abort();
  return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
  return values[values.size() / 2];
}

Bytes seal20KiB(const Maker& world) {
  auto fields = world.fields();
  fields.picture.data.resize(sealSize - (world.make(fields).size() - fields.picture.data.size()));
  return world.make(fields);
}

}  // namespace

int main() {
  Maker world;
  world.anchors.crls.push_back(trust::Crl::fromDer(makeCrl(world.rootKey, "Test Root", {}, now + day)).value());
  const auto der = seal20KiB(world);
  const auto parsed = seal::read(der, seal::Strictness::strict).value();
  const Signatures signatures{seal::signedBytes(parsed), parsed.signature, world.maker};
  const auto check = [&] {
    return seal::check(der, world.anchors, now, seal::Strictness::strict).outcome == seal::Outcome::valid;
  };
  std::vector<double> whole, alone;
  for (int i = 0; i < rounds; ++i) {
    whole.push_back(microseconds(check));
    alone.push_back(microseconds([&] { return verifyAlone(signatures); }));
  }
  std::printf(
      "{\"bytes\": %zu, \"verifications\": %d, \"checkMicroseconds\": %.0f, \"aloneMicroseconds\": %.0f, \"ratio\": "
      "%.3f}\n",
      der.size(), verifications, median(whole), median(alone), median(whole) / median(alone));
  return 0;
}
