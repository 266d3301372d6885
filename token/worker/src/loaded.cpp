// SPDX-License-Identifier: Apache-2.0
#include "loaded.h"

#include <link.h>

namespace sealferry::token {
namespace {

struct Search {
  std::string_view name;
  bool found = false;
};

int lookAt(dl_phdr_info* library, std::size_t, void* context) {
  auto& search = *static_cast<Search*>(context);
  std::string_view path(library->dlpi_name == nullptr ? "" : library->dlpi_name);
  path.remove_prefix(path.rfind('/') + 1);  // npos + 1 is 0
  search.found = search.found || path.starts_with(search.name);
  return search.found ? 1 : 0;
}

}  // namespace

bool hasLoaded(std::string_view name) {
  Search search{name};
  dl_iterate_phdr(lookAt, &search);
  return search.found;
}

}  // namespace sealferry::token
