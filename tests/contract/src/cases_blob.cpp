// SPDX-License-Identifier: Apache-2.0
#include "cases.h"

namespace sealferry::contract {
namespace {

using enum Capability;

void keepsSizes(Subject& subject) {
  constexpr std::size_t part = 16U << 10;
  const auto key = loggedIn(subject);
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, part - 1, part, part + 1, std::size_t{200} << 10}) {
    const auto name = "blob of " + std::to_string(size);
    const auto content = pattern(size);
    need(key->apply({.order = name, .put = {{name, content}}}, {}), "apply " + name);
    expect(need(key->readBlob(name), "readBlob") == content, name);
  }
  const auto all = need(key->blobs(), "blobs");
  expect(all.size() == 6, "six blobs");
  for (const auto& blob : all)
    expect(blob.sha256 == sha256(pattern(static_cast<std::size_t>(blob.size))), "digest of " + blob.name);
}

void keepsNames(Subject& subject) {
  const auto key = loggedIn(subject);
  const std::vector<std::string> names{"电子签章", "某某建设集团有限公司（公章）", "a", std::string(128, 'n'),
                                       "a.b/c\"d\\e"};
  Change change{.order = "names"};
  for (const auto& name : names) change.put.push_back({name, copyOf(viewOf(name))});
  need(key->apply(change, {}), "apply");
  for (const auto& name : names) expect(textOf(need(key->readBlob(name), name)) == name, name);
  expect(!key->apply({.order = "n", .put = {{std::string(129, 'n'), {}}}}, {}).has_value(), "129 bytes are too long");
}

void isThereForTheNext(Subject& subject) {
  need(loggedIn(subject)->apply({.order = "1", .put = {{"seal", pattern(50'000)}}}, {}), "apply");
  const auto key = open(subject);
  expect(need(key->readBlob("seal"), "readBlob") == pattern(50'000), "read by a fresh process, without a login");
}

void replaces(Subject& subject) {
  const auto key = loggedIn(subject);
  need(key->apply({.order = "1", .put = {{"seal", pattern(30'000, 1)}}}, {}), "first");
  need(key->apply({.order = "2", .put = {{"seal", pattern(20'000, 2)}}, .replaces = {sha256(pattern(30'000, 1))}}, {}),
       "second");
  expect(need(key->blobs(), "blobs").size() == 1, "one is left");
  expect(need(key->readBlob("seal"), "readBlob") == pattern(20'000, 2), "the second");
  need(key->apply({.order = "3", .replaces = {sha256(pattern(20'000, 2))}}, {}), "taken away");
  expect(need(key->blobs(), "blobs").empty(), "none is left");
}

void rollsNothingBack(Subject& subject) {
  const auto key = loggedIn(subject);
  const Change first{.order = "1", .put = {{"seal", pattern(100, 1)}}};
  const Change second{.order = "2", .put = {{"seal", pattern(100, 2)}}, .replaces = {sha256(pattern(100, 1))}};
  need(key->apply(first, {}), "first");
  need(key->apply(second, {}), "second");
  expectError(key->apply(first, {}), ErrorCode::order_mismatch, "the first once more");
  expect(need(key->readBlob("seal"), "readBlob") == pattern(100, 2), "the second stays");
}

void reportsProgress(Subject& subject) {
  const auto key = loggedIn(subject);
  std::vector<std::string> steps;
  const auto sink = [&](std::string_view step, unsigned done, unsigned total) {
    steps.push_back(std::string(step) + " " + std::to_string(done) + "/" + std::to_string(total));
  };
  need(key->apply({.order = "1", .put = {{"a", pattern(10)}, {"b", pattern(10)}}}, sink), "apply");
  expect(steps == std::vector<std::string>{"write 1/2", "write 2/2", "verify 1/2", "verify 2/2"}, "steps");
  steps.clear();
  need(key->apply({.order = "1", .put = {{"a", pattern(10)}, {"b", pattern(10)}}}, sink), "again");
  expect(steps.empty(), "nothing is written twice");
}

void refusesTooMuch(Subject& subject) {
  const auto key = loggedIn(subject);
  expectError(key->apply({.order = "1", .put = {{"a", Bytes(5U << 20)}}}, {}), ErrorCode::too_large, "5 MiB");
  expectError(key->apply({.order = "", .put = {{"a", {}}}}, {}), ErrorCode::bad_request, "no order");
  need(key->blobs(), "the session still works");
}

}  // namespace

std::vector<Case> blobCases() {
  return {{"keeps blobs of every size", {}, keepsSizes},
          {"keeps every name", {}, keepsNames},
          {"keeps them beyond the process", {persistent}, isThereForTheNext},
          {"replaces and removes", {}, replaces},
          {"an old order brings nothing back", {}, rollsNothingBack},
          {"tells progress, and writes nothing twice", {}, reportsProgress},
          {"refuses what is too much", {}, refusesTooMuch}};
}

}  // namespace sealferry::contract
