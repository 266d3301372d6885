// SPDX-License-Identifier: Apache-2.0
#include "record.h"

#include <doctest/doctest.h>

#include "base/digest.h"

using namespace sealferry;
using namespace sealferry::token::store;

namespace {
Journal sampleJournal() {
  return {"2026112200017",
          true,
          {{sha256(viewOf("new")), 5}},
          {{sha256(viewOf("old")), 2}},
          {{sha256(viewOf("certificate")), true, {sha256(viewOf("old certificate"))}}}};
}
}  // namespace

TEST_CASE("manifest and journal survive being written and read") {
  const auto manifest = decodeManifest(encode(Manifest{"电子签章", 70000, sha256({}), 5, 9}));
  REQUIRE(manifest);
  CHECK(manifest->name == "电子签章");
  CHECK(manifest->size == 70000);
  CHECK(manifest->parts == 5);
  CHECK(manifest->sequence == 9);
  const auto journal = decodeJournal(encode(sampleJournal()));
  REQUIRE(journal);
  CHECK(journal->order == "2026112200017");
  CHECK(journal->committed);
  CHECK(journal->put.at(0).sequence == 5);
  CHECK(journal->replaced.at(0).sequence == 2);
  CHECK(journal->certificates.at(0).brought);
  CHECK(journal->certificates.at(0).replaced.at(0) == sha256(viewOf("old certificate")));
}

TEST_CASE("a record that is not whole is no record: every cut and every turned bit") {
  const auto good = encode(sampleJournal());
  for (std::size_t size = 0; size < good.size(); ++size)
    CHECK_FALSE(decodeJournal(ByteView(good).first(size)).has_value());
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    auto bad = good;
    bad[bit / 8] = static_cast<std::uint8_t>(bad[bit / 8] ^ 1U << bit % 8);
    CHECK_FALSE(decodeJournal(bad).has_value());
  }
}

TEST_CASE("a manifest is not taken for a journal, nor the other way round") {
  CHECK_FALSE(decodeJournal(encode(Manifest{"a", 1, sha256({}), 1, 1})).has_value());
  CHECK_FALSE(decodeManifest(encode(sampleJournal())).has_value());
}

TEST_CASE("a journal says which encryption key takes the place of which") {
  auto journal = sampleJournal();
  for (const auto& before : {Bytes{}, sha256(viewOf("before"))}) {
    journal.key = JournalKey{copyOf(viewOf("容器")), before, sha256(viewOf("after"))};
    const auto read = decodeJournal(encode(journal));
    REQUIRE(read);
    REQUIRE(read->key);
    CHECK(textOf(read->key->keyId) == "容器");
    CHECK(read->key->before == before);
    CHECK(read->key->after == sha256(viewOf("after")));
  }
  journal.key->before = Bytes(31);
  CHECK_FALSE(decodeJournal(encode(journal)));
  journal.key = JournalKey{Bytes(mostKeyIdBytes + 1), {}, sha256({})};
  CHECK_FALSE(decodeJournal(encode(journal)));
}

TEST_CASE("parcels have names that no blob has") {
  const auto name = parcelName(ParcelKind::encryptionKey, viewOf("容器"));
  CHECK(isParcel(name));
  CHECK(parcelKind(name) == ParcelKind::encryptionKey);
  CHECK(textOf(parcelKeyId(name)) == "容器");
  CHECK_FALSE(isParcel("电子签章"));
  CHECK_FALSE(isParcel(""));
}

TEST_CASE("a journal with files that are written over, and a vendor's file in a parcel") {
  Journal journal{
      .order = "1", .committed = true, .put = {}, .replaced = {{Bytes(32, 1), onShelf}}, .certificates = {}};
  journal.files = {{"APP", "SEAL1", Bytes(32, 7)}, {"", "SEAL2", {}}};
  for (const bool withKey : {false, true}) {
    if (withKey) journal.key = JournalKey{{1, 2}, {}, Bytes(32, 3)};
    const auto back = decodeJournal(encode(journal));
    REQUIRE(back);
    CHECK(back->key.has_value() == withKey);
    REQUIRE(back->files.size() == 2);
    CHECK(back->files[0].application == "APP");
    CHECK(back->files[0].before == Bytes(32, 7));
    CHECK(back->files[1].label == "SEAL2");
    CHECK(back->files[1].before.empty());
  }
  const FileParcel parcel{{"\xd3\xa1", "SEAL", token::FileRight::user, token::FileRight::anyone}, false, {1, 2, 3}};
  const auto record = encode(parcel);
  const auto back = decodeFileParcel(record);
  REQUIRE(back);
  CHECK(back->place == parcel.place);
  CHECK(back->content == parcel.content);
  for (std::size_t size = 0; size < record.size(); ++size) CHECK_FALSE(decodeFileParcel(ByteView(record).first(size)));
}
