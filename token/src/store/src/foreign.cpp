// SPDX-License-Identifier: Apache-2.0
#include "store/object_store.h"

namespace sealferry::token::store {

const std::vector<StorageProfile>& ObjectStore::profiles() const {
  static const std::vector<StorageProfile> none;
  return none;
}

Result<std::optional<Bytes>> ObjectStore::look(Handle object, std::size_t most) {
  auto content = read(object);
  if (!content && content.error().code == ErrorCode::seal_invalid) return std::nullopt;
  if (!content) return passOn(content);
  if (content->size() > most) content->resize(most);
  return std::move(*content);
}

}  // namespace sealferry::token::store
