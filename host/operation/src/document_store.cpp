// SPDX-License-Identifier: Apache-2.0
#include "base/digest.h"
#include "operation/documents.h"
#include "trust/digester.h"

namespace sealferry::operation {
namespace {

constexpr std::size_t mostDocuments = 64;
constexpr std::size_t readStep = 1024 * 1024;

tl::unexpected<Error> wrong(std::string field) {
  auto failure = fail(ErrorCode::bad_request, "documents");
  failure.value().detail["field"] = std::move(field);
  return failure;
}

Result<std::string> digestOf(const UnnamedFile& file) {
  trust::Digester digest(trust::DigestAlgorithm::sha256);
  for (std::uint64_t offset = 0; offset < file.size(); offset += readStep) {
    const auto part = file.read(offset, readStep);
    if (!part) return passOn(part);
    digest.update(*part);
  }
  return toHex(digest.finish());
}

}  // namespace

Result<std::string> Documents::open(const std::string& origin, std::uint64_t size) {
  if (size > largest_) return fail(ErrorCode::document_too_large, "openDocument");
  if (all_.size() >= mostDocuments) return fail(ErrorCode::too_large, "openDocument");
  auto file = UnnamedFile::create();
  if (!file) return passOn(file);
  const auto handle = toHex(randomBytes(16));
  all_.emplace(handle, Document{origin, std::move(*file), size, false, {}});
  return handle;
}

Result<std::string> Documents::store(const std::string& origin, ByteView content) {
  const auto handle = open(origin, content.size());
  if (!handle) return handle;
  auto& document = all_.at(*handle);
  if (const auto written = document.file.append(content); !written) return passOn(written);
  document.complete = true;
  document.sha256 = toHex(sha256(content));
  return handle;
}

Result<Document*> Documents::own(const std::string& origin, const std::string& handle) {
  const auto found = all_.find(handle);
  if (found == all_.end() || found->second.origin != origin) return wrong("document");
  return &found->second;
}

Result<std::uint64_t> Documents::append(const std::string& origin, const std::string& handle, std::uint64_t offset,
                                        ByteView data, const std::optional<std::string>& sha256) {
  const auto document = own(origin, handle);
  if (!document) return passOn(document);
  auto& to = **document;
  if (to.complete || offset != to.file.size()) return wrong("offset");
  if (data.size() > to.announced - to.file.size()) return wrong("data");
  if (const auto written = to.file.append(data); !written) return passOn(written);
  const bool last = to.file.size() == to.announced;
  if (last != sha256.has_value()) return wrong("sha256");
  if (last) {
    const auto digest = digestOf(to.file);
    if (!digest) return passOn(digest);
    if (*digest != *sha256) return wrong("sha256");
    to.sha256 = *digest;
    to.complete = true;
  }
  return to.file.size();
}

Result<const Document*> Documents::find(const std::string& origin, const std::string& handle) const {
  const auto found = all_.find(handle);
  if (found == all_.end() || found->second.origin != origin) return wrong("document");
  return &found->second;
}

Result<const Document*> Documents::complete(const std::string& origin, const std::string& handle) const {
  auto document = find(origin, handle);
  if (document && !(*document)->complete) return wrong("document");
  return document;
}

Result<void> Documents::close(const std::string& origin, const std::string& handle) {
  const auto document = own(origin, handle);
  if (!document) return passOn(document);
  all_.erase(handle);
  return {};
}

}  // namespace sealferry::operation
