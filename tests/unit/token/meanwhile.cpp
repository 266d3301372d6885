// SPDX-License-Identifier: Apache-2.0
// Another program ends a change while we read: what was listed may be gone then.
#include <doctest/doctest.h>

#include "base/digest.h"
#include "memory/memory_key.h"
#include "store/store.h"

using namespace sealferry;
using namespace sealferry::token;

namespace {

/// A key whose seal another program replaces just before one of our reads.
class SharedKey : public MemoryKey {
 public:
  SharedKey() { REQUIRE(store::Store(*this).apply({.order = "1", .put = {{"seal", before}}}, {})); }
  void replaceAt(unsigned read) {
    at_ = read;
    reads_ = 0;
  }
  bool replaced() const { return reads_ >= at_; }

  Result<Bytes> read(store::Handle object) override {
    if (++reads_ == at_)
      REQUIRE(store::Store(*this).apply({.order = "2", .put = {{"seal", after}}, .replaces = {sha256(before)}}, {}));
    auto found = MemoryKey::read(object);
    if (!found) found.error().code = ErrorCode::seal_invalid;  // as SKF has it: listed, and not there
    return found;
  }

  const Bytes before = Bytes(40'000, 1), after = Bytes(50'000, 2);

 private:
  unsigned at_ = 0, reads_ = 0;
};

}  // namespace

TEST_CASE("a seal that is replaced while it is read is read again, and is the old or the new one") {
  bool replaced = true;
  unsigned fresh = 0;
  for (unsigned read = 1; replaced; ++read) {
    CAPTURE(read);
    SharedKey key;
    store::Store store(key);
    key.replaceAt(read);
    const auto blobs = store.blobs();
    REQUIRE(blobs);
    CHECK(blobs->size() == 1);
    const auto seal = store.readBlob("seal");
    REQUIRE(seal);
    CHECK((*seal == key.before || *seal == key.after));
    if (*seal == key.after) ++fresh;
    replaced = key.replaced();
  }
  CHECK(fresh > 2);
}

TEST_CASE("a seal that stays broken is told so") {
  SharedKey key;
  store::Store store(key);
  const auto objects = key.objects().value();
  for (const auto& object : objects)
    if (object.label.starts_with("ses.") && object.label.ends_with(".2")) key.putFile(object.label, Bytes{1});
  CHECK(store.readBlob("seal").error().code == ErrorCode::seal_invalid);
}
