// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include "packages.h"
#include "routes.h"

namespace sealferry::portal {
namespace {

namespace fs = std::filesystem;

std::string typeOf(const fs::path& file) {
  static const std::map<std::string, std::string> types = {{".html", "text/html; charset=utf-8"},
                                                           {".js", "text/javascript"},
                                                           {".mjs", "text/javascript"},
                                                           {".css", "text/css"},
                                                           {".svg", "image/svg+xml"},
                                                           {".png", "image/png"},
                                                           {".ico", "image/x-icon"},
                                                           {".json", "application/json"},
                                                           {".woff2", "font/woff2"},
                                                           {".pdf", "application/pdf"},
                                                           {".bcmap", "application/octet-stream"}};
  const auto found = types.find(file.extension().string());
  return found == types.end() ? "application/octet-stream" : found->second;
}

/// The file an address names, if it lies inside the folder: links and dots are followed before that is decided.
std::optional<fs::path> fileFor(const fs::path& folder, const std::string& address) {
  std::error_code error;
  const auto root = fs::canonical(folder, error);
  if (error) return std::nullopt;
  const auto file = fs::canonical(root / fs::path(address).relative_path(), error);
  if (error || !fs::is_regular_file(file, error)) return std::nullopt;
  const auto [end, rest] = std::mismatch(root.begin(), root.end(), file.begin(), file.end());
  return end == root.end() ? std::optional(file) : std::nullopt;
}

void sendFile(const fs::path& file, bool forEver, httplib::Response& response) {
  std::ifstream stream(file, std::ios::binary);
  response.set_header("Cache-Control", forEver ? "public, max-age=31536000, immutable" : "no-cache");
  response.set_header("Content-Security-Policy",
                      "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
                      "worker-src 'self' blob:; connect-src 'self' blob:; frame-ancestors 'none'");
  response.set_header("X-Content-Type-Options", "nosniff");
  response.set_header("Referrer-Policy", "same-origin");
  response.set_content(std::string{std::istreambuf_iterator<char>(stream), {}}, typeOf(file));
}

}  // namespace

void addPages(httplib::Server& server, const Site& site) {
  server.Get("/downloads/(.+)",
             [packages = site.downloads](const httplib::Request& request, httplib::Response& response) {
               if (const auto file = packageNamed(packages, request.matches[1]))
                 return sendFile(*file, false, response);
               response.status = 404;
             });
  server.Get(R"(/(?!api/).*)", [pages = site.pages](const httplib::Request& request, httplib::Response& response) {
    if (const auto file = fileFor(pages, request.path))
      return sendFile(*file, request.path.starts_with("/assets/"), response);
    // The pages have addresses of their own; what looks like a file and is none stays missing.
    if (fs::path(request.path).has_extension()) {
      response.status = 404;
      return;
    }
    sendFile(pages / "index.html", false, response);
  });
}

}  // namespace sealferry::portal
