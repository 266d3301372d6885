// SPDX-License-Identifier: Apache-2.0
#include "base/digest.h"
#include "operation/documents.h"

namespace sealferry::operation {
namespace {

constexpr std::size_t mostDocuments = 64;

tl::unexpected<Error> wrong(std::string field) {
  auto failure = fail(ErrorCode::bad_request, "documents");
  failure.value().detail["field"] = std::move(field);
  return failure;
}

void finish(Document& document) {
  document.sha256 = toHex(document.digest.clone().finish());
  document.complete = true;
}

}  // namespace

Result<std::string> Documents::open(const std::string& origin, std::uint64_t size) {
  if (size > largest_) return fail(ErrorCode::document_too_large, "openDocument");
  if (all_.size() >= mostDocuments) return fail(ErrorCode::too_large, "openDocument");
  auto file = UnnamedFile::create();
  if (!file) return passOn(file);
  const auto handle = toHex(randomBytes(16));
  all_.emplace(handle, Document{origin, std::move(*file), size});
  return handle;
}

Result<std::string> Documents::store(const std::string& origin, ByteView content) {
  const auto handle = open(origin, content.size());
  if (!handle) return handle;
  auto& document = all_.at(*handle);
  if (const auto written = document.file.append(content); !written) return passOn(written);
  document.digest.update(content);
  finish(document);
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
  const bool last = to.file.size() + data.size() == to.announced;
  if (last != sha256.has_value()) return wrong("sha256");
  if (const auto written = to.file.append(data); !written) return passOn(written);
  to.digest.update(data);
  if (!last) return to.file.size();
  finish(to);
  if (to.sha256 == *sha256) return to.file.size();
  all_.erase(handle);  // nothing can be mended, and nothing may be taken for whole
  return wrong("sha256");
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

Result<Document*> Documents::whole(const std::string& origin, const std::string& handle) {
  auto document = own(origin, handle);
  if (document && !(*document)->complete) return wrong("document");
  return document;
}

Result<std::string> Documents::adopt(const std::string& origin, UnnamedFile file, trust::Digester digest) {
  if (file.size() > largest_) return fail(ErrorCode::document_too_large, "adoptDocument");
  const auto handle = toHex(randomBytes(16));
  const auto size = file.size();
  finish(all_.emplace(handle, Document{origin, std::move(file), size, false, {}, std::move(digest)}).first->second);
  return handle;
}

Result<void> Documents::close(const std::string& origin, const std::string& handle) {
  const auto document = own(origin, handle);
  if (!document) return passOn(document);
  all_.erase(handle);
  return {};
}

}  // namespace sealferry::operation
