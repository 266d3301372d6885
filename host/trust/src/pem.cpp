// SPDX-License-Identifier: Apache-2.0
#include "pem.h"

#include <openssl/pem.h>

#include "base/openssl.h"

namespace sealferry::trust {
namespace {

struct Block {
  char* name = nullptr;
  char* header = nullptr;
  unsigned char* data = nullptr;
  long size = 0;
  Block() = default;
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;
  ~Block() {
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_free(data);
  }
};

}  // namespace

std::vector<Bytes> partsOf(ByteView pemOrDer, std::string_view label) {
  const ErrorQueueGuard guard;
  if (textOf(pemOrDer).find("-----BEGIN ") == std::string::npos) return {copyOf(pemOrDer)};
  const BioHandle in(BIO_new_mem_buf(pemOrDer.data(), static_cast<int>(pemOrDer.size())));
  std::vector<Bytes> out;
  while (in) {
    Block block;
    if (PEM_read_bio(in.get(), &block.name, &block.header, &block.data, &block.size) != 1) break;
    if (label == block.name) out.emplace_back(block.data, block.data + block.size);
  }
  const auto last = ERR_peek_last_error();
  const bool cleanEnd = last == 0 || ERR_GET_REASON(last) == PEM_R_NO_START_LINE;
  return cleanEnd ? out : std::vector<Bytes>{};
}

std::string toPem(std::string_view label, ByteView der) {
  const BioHandle out(BIO_new(BIO_s_mem()));
  if (!out || PEM_write_bio(out.get(), std::string(label).c_str(), "", der.data(), static_cast<long>(der.size())) <= 0)
    return {};
  char* text = nullptr;
  const long length = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(length)};
}

}  // namespace sealferry::trust
