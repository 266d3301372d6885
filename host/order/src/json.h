// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "order/work_order.h"

/// Strict reading of small JSON objects. Private to host/order.
namespace sealferry::order {

/// The text as one object: UTF-8, at most 64 KiB, depth at most 8, no member twice. Nothing otherwise.
std::optional<nlohmann::json> parseStrict(ByteView text);

/// Takes the members of one object, each exactly once. After finish(), every member was asked for and had the right
/// type; the first that was not is `fault()`, by its path.
class ObjectReader {
 public:
  ObjectReader(const nlohmann::json& object, std::string path, std::string& fault);

  std::string text(const char* name, std::size_t shortest, std::size_t longest);
  bool flag(const char* name);
  Time time(const char* name);
  Bytes digest(const char* name);  ///< 32 bytes in lower-case hexadecimal
  std::optional<Bytes> digestOrNull(const char* name);
  std::vector<Bytes> digests(const char* name, std::size_t most);
  Bytes base64(const char* name, std::size_t shortest, std::size_t longest);
  void constant(const char* name, const nlohmann::json& value);
  const nlohmann::json& object(const char* name);
  const nlohmann::json& objectOrNull(const char* name);  ///< null or an object
  const nlohmann::json& array(const char* name, std::size_t most);
  bool has(const char* name) const;
  std::string pathOf(std::string_view name) const;
  void finish();  ///< complains of members nobody asked for

 private:
  const nlohmann::json& member(const char* name);
  void complain(std::string_view name);
  const nlohmann::json& object_;
  std::string path_;
  std::string& fault_;
  std::set<std::string> seen_;
};

std::optional<Bytes> readDigest(const nlohmann::json& value);
nlohmann::json hexOrNull(const std::optional<Bytes>& digest);
nlohmann::json hexList(const std::vector<Bytes>& digests);

/// Printable ASCII without spaces.
bool isToken(std::string_view text);

/// An order_invalid with its reason word (and the member, where one is at fault).
tl::unexpected<Error> invalid(std::string reason, std::string field = {});

}  // namespace sealferry::order
