// SPDX-License-Identifier: Apache-2.0
#include "run.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "operation/dispatch.h"

namespace sealferry::app {
namespace {

operation::Listener tellOnTerminal() {
  return {[](std::string_view, unsigned, unsigned) {},
          [](std::string_view what) {
            if (what != "closed") std::fputs("请查看弹出窗口。 / Please look for the window that opened.\n", stderr);
          }};
}

}  // namespace

Result<std::string> runForTerminal(Service& service, std::string method, wire::Params params, std::string site) {
  wire::Request request;
  request.id = "1";
  request.method = std::move(method);
  request.params = std::move(params);
  operation::Caller caller;
  caller.gesture = true;
  caller.commandLine = true;
  caller.origin = std::move(site);
  return operation::run(service.context, request, caller, {service.closing->descriptor()}, tellOnTerminal());
}

Result<Bytes> readFile(const std::string& path, std::uintmax_t largest) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error) return fail(ErrorCode::document_unreadable, "readFile", static_cast<std::uint64_t>(error.value()));
  if (size > largest) return fail(ErrorCode::too_large, "readFile");
  std::ifstream stream(path, std::ios::binary);
  Bytes content{std::istreambuf_iterator<char>(stream), {}};
  if (!stream && !stream.eof()) return fail(ErrorCode::document_unreadable, "readFile");
  return content;
}

Result<void> writeFile(const std::string& path, ByteView content) {
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream.write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
  if (!stream.flush()) return fail(ErrorCode::internal, "writeFile");
  return {};
}

Result<Bytes> fetchDocument(Service& service, const std::string& handle) {
  const auto document = service.context.documents.complete({}, handle);
  if (!document) return passOn(document);
  return (*document)->file.read(0, (*document)->file.size());
}

}  // namespace sealferry::app
