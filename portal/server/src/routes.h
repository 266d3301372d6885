// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <httplib.h>

#include <filesystem>

#include "accounts.h"
#include "inspection.h"

namespace sealferry::portal {

struct Site {
  Accounts& accounts;
  Inspection& inspection;
  std::string origin;
  std::filesystem::path pages;      ///< portal/web/dist
  std::filesystem::path downloads;  ///< packages of the control; may be empty
  std::function<Time()> clock;
};

/// docs/portal-api.md, row by row.
void addRoutes(httplib::Server& server, const Site& site);
/// The built pages and the packages; an address without a file behind it gets index.html.
void addPages(httplib::Server& server, const Site& site);

}  // namespace sealferry::portal
