// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace sealferry::portal {

/// What a page is told when it does not get its way: docs/portal-api.md, "Refusals". Both sentences are shown as they
/// are.
struct Refusal {
  int status = 500;
  std::string name, message, advice;
};

template <class T>
using Answer = tl::expected<T, Refusal>;

/// One of the table's rows by name; `about` replaces "{}" in its sentence.
tl::unexpected<Refusal> refuse(std::string_view name, std::string_view about = {});

template <class T>
tl::unexpected<Refusal> passOn(const Answer<T>& answer) {
  return tl::unexpected<Refusal>(answer.error());
}

}  // namespace sealferry::portal
