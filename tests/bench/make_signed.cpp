// SPDX-License-Identifier: Apache-2.0
// Makes a document of a given size and signs it with a key of its own, for the benchmarks of checking:
//   make_signed FILE PAGES BYTES-A-PAGE ROOT [SIGNATURES]
// ROOT gets the root's certificate.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <random>

#include "document/engine.h"
#include "support/files.h"
#include "support/pki.h"

using namespace sealferry;
using namespace sealferry::test;

namespace {

/// Pages with content that cannot be compressed, read by nobody.
void writeDocument(const std::string& path, unsigned pages, std::size_t bytesPerPage) {
  std::ofstream file(path, std::ios::binary);
  std::vector<std::uint64_t> offsets;
  std::uint64_t at = 0;
  const auto put = [&](const std::string& text) {
    file << text;
    at += text.size();
  };
  const auto object = [&](const std::string& body) {
    offsets.push_back(at);
    put(std::to_string(offsets.size()) + " 0 obj\n" + body + "\nendobj\n");
  };
  std::mt19937_64 random(1);
  std::string noise(bytesPerPage, ' ');
  put("%PDF-1.7\n");
  object("<</Type/Catalog/Pages 2 0 R>>");
  std::string kids;
  for (unsigned page = 0; page < pages; ++page) kids += std::to_string(3 + 2 * page) + " 0 R ";
  object("<</Type/Pages/Kids[" + kids + "]/Count " + std::to_string(pages) + ">>");
  for (unsigned page = 0; page < pages; ++page) {
    object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents " + std::to_string(4 + 2 * page) +
           " 0 R>>");
    for (std::size_t i = 0; i + 8 < noise.size(); i += 97) noise[i] = static_cast<char>('a' + random() % 26);
    object("<</Length " + std::to_string(noise.size()) + ">>\nstream\n" + noise + "\nendstream");
  }
  const auto start = at;
  put("xref\n0 " + std::to_string(offsets.size() + 1) + "\n0000000000 65535 f \n");
  char line[32];
  for (const auto offset : offsets) {
    std::snprintf(line, sizeof line, "%010llu 00000 n \n", static_cast<unsigned long long>(offset));
    put(line);
  }
  put("trailer\n<</Root 1 0 R/Size " + std::to_string(offsets.size() + 1) + ">>\nstartxref\n" + std::to_string(start) +
      "\n%%EOF\n");
}

int signOnce(const std::string& path, const trust::Certificate& certificate, const Key& key) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  const auto engine = document::processEngine(DOCUMENT_CHILD);
  document::StampRequest request;
  request.picture = {readFile(vectors() / "pictures" / "bits1.bmp.png"), 20, 20};
  request.placements = {{{1, 1}, 60, 60, true}};
  request.time = now;
  const auto reserved = engine->reserve(descriptor, request);
  if (!reserved) return 1;
  const auto sign = [&](ByteView digest) -> Result<Bytes> {
    trust::cms::Request message{certificate, trust::SignatureAlgorithm::rsaSha256};
    message.contentDigest = copyOf(digest);
    return complete(trust::cms::prepare(std::move(message)).value(), key);
  };
  const auto increment = document::signIncrements(descriptor, *reserved, trust::DigestAlgorithm::sha256, sign);
  if (!increment || ::lseek(descriptor, 0, SEEK_END) < 0) return 1;
  const auto written = ::write(descriptor, increment->data(), increment->size());
  ::close(descriptor);
  return written == static_cast<ssize_t>(increment->size()) ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 5) return 2;
  const std::string path = arguments[1];
  writeDocument(path, static_cast<unsigned>(std::stoul(arguments[2])), std::stoul(arguments[3]));
  const auto rootKey = Key::rsa(), key = Key::rsa();
  const auto root = selfSigned(rootKey);
  writeFile(arguments[4], root.der());
  const int signatures = count > 5 ? std::stoi(arguments[5]) : 1;
  for (int i = 0; i < signatures; ++i)
    if (signOnce(path, certify(key, rootKey, {}), key) != 0) return 1;
  return 0;
}
