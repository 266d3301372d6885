// SPDX-License-Identifier: Apache-2.0
#include "holding.h"

#include <doctest/doctest.h>

#include <map>

#include "base/digest.h"
#include "no_session.h"

using namespace sealferry;
using namespace sealferry::operation;

namespace {

/// Another program writes the key between the list and the reading of it, this often.
class Busy : public test::NoSession {
 public:
  using Seals = std::map<std::string, Bytes>;
  Busy(Seals before, Seals after, unsigned changes) : all_{std::move(before), std::move(after)}, changes_(changes) {}
  Result<std::vector<token::BlobInfo>> blobs() override {
    std::vector<token::BlobInfo> found;
    for (const auto& [name, content] : now()) found.push_back({name, content.size(), sha256(content)});
    if (lists_++ < changes_) current_ = 1 - current_;
    return found;
  }
  Result<Bytes> readBlob(std::string_view name) override {
    const auto found = now().find(std::string(name));
    if (found == now().end()) return fail(ErrorCode::no_seal, "readBlob");
    return found->second;
  }

 private:
  const Seals& now() const { return all_.at(current_); }
  std::vector<Seals> all_;
  unsigned changes_, lists_ = 0;
  std::size_t current_ = 0;
};

const Bytes one(10, 1), two(10, 2);

}  // namespace

TEST_CASE("seals that another program renames, moves or replaces while they are read are read once more") {
  for (const auto& after : {Busy::Seals{{"renamed", one}}, {{"a", two}, {"b", one}}, {{"a", two}}, {}}) {
    Busy session({{"a", one}}, after, 1);
    const auto seals = heldSeals(session);
    REQUIRE(seals);
    REQUIRE(seals->size() == after.size());
    for (const auto& seal : *seals) CHECK(after.at(seal.name) == seal.der);
  }
}

TEST_CASE("a key that is never at rest is an error, and no seal less") {
  Busy session({{"a", one}}, {{"b", one}}, 100);
  const auto seals = heldSeals(session);
  REQUIRE_FALSE(seals);
  CHECK(seals.error().code == ErrorCode::no_seal);
}
