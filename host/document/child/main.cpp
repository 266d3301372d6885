// SPDX-License-Identifier: Apache-2.0
// sealferry-document: parses one hostile document, or decodes one picture, and ends. Request on stdin, document as
// descriptor 3, answer on stdout.
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "document/codec.h"
#include "pdf/stamp.h"
#include "picture/pixels.h"

using namespace sealferry;
using namespace sealferry::document;

namespace {

constexpr int documentDescriptor = 3;
constexpr std::size_t largestRequest = 16 * 1024 * 1024;

void limit(int resource, rlim_t value) {
  const rlimit both{value, value};
  ::setrlimit(static_cast<__rlimit_resource_t>(resource), &both);
}

/// What a document may cost. A megabyte can unpack to gigabytes; a page tree can be a loop.
void setLimits() {
#if !defined(__SANITIZE_ADDRESS__)  // its shadow memory alone is larger
  limit(RLIMIT_AS, rlim_t{512} * 1024 * 1024);
#endif
  limit(RLIMIT_CPU, 60);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  ::signal(SIGXFSZ, SIG_IGN);  // what looks for fonts would like to keep what it found, and can do without
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

Bytes readRequest() {
  Bytes request;
  std::uint8_t part[65536];
  for (;;) {
    const auto count = ::read(STDIN_FILENO, part, sizeof part);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 || request.size() > largestRequest) return request;
    request.insert(request.end(), part, part + count);
  }
}

tl::unexpected<Error> badPicture(std::string reason) {
  auto failure = fail(ErrorCode::seal_invalid, "showPicture");
  failure.value().detail["reason"] = std::move(reason);
  return failure;
}

Result<codec::ShownPicture> showPicture(const codec::PictureOrder& order) {
  limit(RLIMIT_CPU, 5);  // somebody waits for a page
  auto pixels = picture::decode(order.picture);
  if (!pixels) return badPicture("pictureMalformed");
  auto png = picture::encodeFitting(*std::move(pixels), order.largestBytes);
  if (!png) return badPicture("pictureTooLarge");
  return codec::ShownPicture{*std::move(png)};
}

codec::ChildAnswer carryOut(const codec::ChildRequest& request) {
  if (const auto* stamp = std::get_if<StampRequest>(&request)) {
    auto reserved = pdf::reserve(documentDescriptor, *stamp);
    return reserved ? codec::ChildAnswer(std::move(*reserved)) : codec::ChildAnswer(reserved.error());
  }
  if (const auto* order = std::get_if<codec::PictureOrder>(&request)) {
    auto shown = showPicture(*order);
    return shown ? codec::ChildAnswer(std::move(*shown)) : codec::ChildAnswer(shown.error());
  }
  auto findings = pdf::examine(documentDescriptor);
  return findings ? codec::ChildAnswer(std::move(*findings)) : codec::ChildAnswer(findings.error());
}

bool writeAll(ByteView data) {
  while (!data.empty()) {
    const auto count = ::write(STDOUT_FILENO, data.data(), data.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    data = data.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace

int main() {
  setLimits();
  const auto request = codec::decodeRequest(readRequest());
  if (!request) return 2;
  return writeAll(codec::encode(carryOut(*request))) ? 0 : 1;
}
