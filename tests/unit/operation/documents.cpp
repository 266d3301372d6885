// SPDX-License-Identifier: Apache-2.0
#include "operation/documents.h"

#include <doctest/doctest.h>

#include "base/digest.h"

using namespace sealferry;
using namespace sealferry::operation;

namespace {

const std::string site = "https://ca.example";

std::string field(const Error& error) { return error.detail.at("field"); }

std::string digestText(ByteView bytes) { return toHex(sha256(bytes)); }

}  // namespace

TEST_CASE("a document comes in parts, in order, as long as was announced, and is what it says it is") {
  Documents documents(1000);
  const Bytes content{1, 2, 3, 4, 5, 6, 7};
  const ByteView all(content);
  const auto handle = documents.open(site, content.size());
  REQUIRE(handle.has_value());
  CHECK(documents.append(site, *handle, 0, all.first(3), std::nullopt) == 3);
  CHECK(field(documents.append(site, *handle, 2, all.subspan(2), digestText(all)).error()) == "offset");
  CHECK(field(documents.append(site, *handle, 4, all.subspan(4), digestText(all)).error()) == "offset");
  CHECK(field(documents.append(site, *handle, 3, content, std::nullopt).error()) == "data");
  CHECK(field(documents.append(site, *handle, 3, all.subspan(3), std::nullopt).error()) == "sha256");
  CHECK(field(documents.append(site, *handle, 3, all.subspan(3, 1), digestText(all)).error()) == "sha256");
  CHECK_FALSE(documents.complete(site, *handle).has_value());
  CHECK(documents.append(site, *handle, 3, all.subspan(3), digestText(all)) == 7);
  CHECK((*documents.complete(site, *handle))->sha256 == digestText(all));
  CHECK(field(documents.append(site, *handle, 7, {}, digestText(all)).error()) == "offset");
}

TEST_CASE("a document of another digest is forgotten, and cannot be made whole afterwards") {
  Documents documents(1000);
  const Bytes content{1, 2, 3};
  const auto handle = documents.open(site, 3);
  CHECK(field(documents.append(site, *handle, 0, content, digestText(Bytes{9})).error()) == "sha256");
  for (const auto& again : {digestText(content), digestText({})})
    CHECK(field(documents.append(site, *handle, 3, {}, again).error()) == "document");
}

TEST_CASE("another origin's handle is none") {
  Documents documents(1000);
  const auto handle = documents.store(site, Bytes{1, 2, 3});
  for (const std::string other : {"https://ca.example:8443", "http://ca.example", ""}) {
    CHECK(field(documents.complete(other, *handle).error()) == "document");
    CHECK(field(documents.append(other, *handle, 0, {}, std::nullopt).error()) == "document");
    CHECK(field(documents.close(other, *handle).error()) == "document");
  }
  CHECK(documents.close(site, *handle).has_value());
  CHECK_FALSE(documents.complete(site, *handle).has_value());
}

TEST_CASE("larger than policy allows, or too many: refused before anything is kept") {
  Documents documents(1000);
  CHECK(documents.open(site, 1001).error().code == ErrorCode::document_too_large);
  for (int i = 0; i < 64; ++i) REQUIRE(documents.open(site, 10).has_value());
  CHECK(documents.open(site, 10).error().code == ErrorCode::too_large);
}
