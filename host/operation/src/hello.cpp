// SPDX-License-Identifier: Apache-2.0
#include "operations.h"
#include "wire/request.h"

namespace sealferry::operation {
namespace {

constexpr std::int64_t protocol = 1;

/// Which side has to be updated: the one that speaks the lower number.
tl::unexpected<Error> mismatch(std::int64_t theirs, std::string_view side) {
  auto failure = fail(ErrorCode::version_mismatch, "hello");
  failure.value().detail["side"] = theirs < protocol ? side : "host";
  return failure;
}

bool differs(const std::optional<wire::Version>& version) {
  return version && version->protocol && *version->protocol != protocol;
}

}  // namespace

Result<wire::HelloAnswer> hello(Context& context, const wire::Hello& request, const Call&) {
  if (differs(request.extension)) return mismatch(*request.extension->protocol, "extension");
  if (differs(request.client)) return mismatch(*request.client->protocol, "client");
  const auto names = wire::methodNames();
  return wire::HelloAnswer{context.version, context.platform, context.build, protocol, {names.begin(), names.end()}};
}

}  // namespace sealferry::operation
