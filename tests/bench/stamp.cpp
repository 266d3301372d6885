// SPDX-License-Identifier: Apache-2.0
// What stamping a document costs beside hashing it: stamp CHILD FILE OUTPUT ROUNDS. The document is stamped on its last
// page with a software key and written whole; in turn with that, openssl hashes it, so that whatever else the machine
// does weighs on both. The last round also adds up what all our processes hold. Prints JSON.
#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "document/engine.h"
#include "support/files.h"
#include "support/pictures.h"
#include "support/pki.h"

extern char** environ;

using namespace sealferry;
using namespace sealferry::test;

namespace {

using Clock = std::chrono::steady_clock;

struct Bench {
  std::string child, file, output;
  Key rootKey = Key::rsa(), key = Key::rsa();
  trust::Certificate certificate = certify(key, rootKey, {});
};

bool stampOnce(const Bench& bench) {
  const int in = ::open(bench.file.c_str(), O_RDONLY | O_CLOEXEC);
  const int out = ::open(bench.output.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  document::StampRequest request;
  request.picture = {markedPicture(), 40, 40};
  request.placements = {{{0, 0}, 100, 100, true}};
  request.signer = "某某有限公司";
  request.time = now;
  const auto sign = [&](ByteView digest) -> Result<Bytes> {
    trust::cms::Request message{bench.certificate, trust::SignatureAlgorithm::rsaSha256};
    message.contentDigest = copyOf(digest);
    const auto draft = trust::cms::prepare(std::move(message));
    if (!draft) return passOn(draft);
    return complete(*draft, bench.key);
  };
  const auto reserved = document::processEngine(bench.child)->reserve(in, request);
  const auto done = reserved ? document::writeSigned(in, *reserved, trust::DigestAlgorithm::sha256, sign, out)
                             : Result<void>(tl::unexpected<Error>(reserved.error()));
  ::close(in);
  ::close(out);
  return done.has_value();
}

bool runQuietly(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t process = -1;
  const int failed = ::posix_spawnp(&process, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  int status = 1;
  if (failed == 0) ::waitpid(process, &status, 0);
  return status == 0;
}

template <class Call>
double seconds(const Call& call) {
  const auto start = Clock::now();
  if (!call()) std::exit(1);
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double median(std::vector<double> figures) {
  std::ranges::sort(figures);
  return figures[figures.size() / 2];
}

long pssOf(const std::string& process) {
  std::ifstream in("/proc/" + process + "/smaps_rollup");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with("Pss:")) return std::atol(line.c_str() + 4);
  return 0;
}

/// Ourselves and the child, if it is there.
long pssOfAll() {
  long all = pssOf("self");
  std::ifstream children("/proc/self/task/" + std::to_string(::getpid()) + "/children");
  for (std::string process; children >> process;) all += pssOf(process);
  return all;
}

/// The most that was held while it ran, in KiB.
template <class Call>
long mostHeld(const Call& call) {
  std::atomic<bool> done = false;
  long most = 0;
  std::jthread watching([&] {
    while (!done) {
      most = std::max(most, pssOfAll());
      ::usleep(2000);
    }
  });
  if (!call()) std::exit(1);
  done = true;
  watching.join();
  return most;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 5) return 2;
  const Bench bench{arguments[1], arguments[2], arguments[3]};
  const std::string limit = "pages" == std::string(arguments[4]) ? "qpdf" : "openssl";
  const int rounds = limit == "qpdf" ? 3 : std::atoi(arguments[4]);
  const auto hash = [&] { return runQuietly({"openssl", "dgst", "-sha256", bench.file}); };
  const auto countPages = [&] { return runQuietly({"qpdf", "--show-npages", bench.file}); };
  std::vector<double> stamping, limits;
  for (int i = 0; i < rounds; ++i) {
    limits.push_back(limit == "qpdf" ? seconds(countPages) : seconds(hash));
    stamping.push_back(seconds([&] { return stampOnce(bench); }));
  }
  const long held = mostHeld([&] { return stampOnce(bench); });
  std::printf("{\"stamping\": %.5f, \"limit\": %.5f, \"ratio\": %.3f, \"pssKiB\": %ld}\n", median(stamping),
              median(limits), median(stamping) / median(limits), held);
}
