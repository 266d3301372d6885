// SPDX-License-Identifier: Apache-2.0
// sealferry-portal: the reference portal's server. Loopback only; in earnest it stands behind a web server that ends
// TLS.
#include <boost/program_options.hpp>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>

#include "routes.h"

using namespace sealferry;
using namespace sealferry::portal;

namespace {

namespace po = boost::program_options;
using nlohmann::json;

struct Arguments {
  std::string data, pki, signer, pages, downloads, unit, creditCode, account, password;
  std::vector<std::string> seals;
  int port = 8080;
  long approveAfter = 1;
};

std::optional<Arguments> read(int count, char** values) {
  Arguments arguments;
  po::options_description known("sealferry-portal");
  known.add_options()("data", po::value(&arguments.data)->required(), "folder of the database")(
      "pki", po::value(&arguments.pki)->required(), "folder of the demonstration PKI")(
      "signer", po::value(&arguments.signer)->required(), "socket of the work-order signer")(
      "pages", po::value(&arguments.pages)->required(), "folder of the built pages")(
      "downloads", po::value(&arguments.downloads),
      "folder of sealferry.deb and sealferry.msi; offered are those there")("port", po::value(&arguments.port),
                                                                            "TCP port on 127.0.0.1 (8080)")(
      "unit", po::value(&arguments.unit)->default_value("鄂尔多斯市印渡建设工程有限公司"),
      "unit of the demonstration account")(
      "credit", po::value(&arguments.creditCode)->default_value("91150600MA0N000000"), "its credit code")(
      "account", po::value(&arguments.account)->default_value("demo"), "account")(
      "password", po::value(&arguments.password)->default_value("demo"),
      "password of the account, for this site alone")("seal", po::value(&arguments.seals)->composing(),
                                                      "a seal this centre made (may be repeated)")(
      "approve-after", po::value(&arguments.approveAfter), "seconds until the demonstration's operator approves (1)");
  try {
    po::variables_map map;
    po::store(po::parse_command_line(count, values, known), map);
    po::notify(map);
    return arguments;
  } catch (const po::error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return std::nullopt;
  }
}

User demonstrationUser(const Arguments& arguments) {
  return {arguments.account,
          "王芳",
          arguments.unit,
          arguments.creditCode,
          {{"handler", {{"name", "王芳"}, {"phone", "13800000000"}}},
           {"invoice",
            {{"title", arguments.unit},
             {"taxNumber", arguments.creditCode},
             {"delivery", "electronic"},
             {"email", "caiwu@example.com"}}},
           {"addresses",
            {{{"id", "1"},
              {"recipient", "王芳"},
              {"phone", "13800000000"},
              {"region", "内蒙古自治区鄂尔多斯市康巴什区"},
              {"street", "鄂尔多斯大街 1 号"}}}}}};
}

void rememberSeals(Inspection& inspection, const std::vector<std::string>& files) {
  for (const auto& file : files) {
    std::ifstream stream(file, std::ios::binary);
    const Bytes der{std::istreambuf_iterator<char>(stream), {}};
    if (!inspection.rememberSeal(der)) std::fprintf(stderr, "not a seal: %s\n", file.c_str());
  }
}

Time clockNow() { return static_cast<Time>(std::time(nullptr)); }

int serve(const Arguments& arguments) {
  const auto issuing = pki::Issuing::open(arguments.pki);
  if (!issuing) {
    std::fprintf(stderr, "the demonstration PKI cannot be read\n");
    return 1;
  }
  std::filesystem::create_directories(arguments.data);
  Database database(std::filesystem::path(arguments.data) / "portal.sqlite");
  httplib::Server server;
  const int port = arguments.port == 0 ? server.bind_to_any_port("127.0.0.1") : arguments.port;
  if (port < 0 || (arguments.port != 0 && !server.bind_to_port("127.0.0.1", port))) {
    std::fprintf(stderr, "port %d is taken\n", arguments.port);
    return 1;
  }
  const auto origin = "http://localhost:" + std::to_string(port);
  Accounts accounts(database);
  accounts.add(demonstrationUser(arguments), arguments.password);
  Inspection inspection(database, *issuing, {origin, arguments.signer, arguments.approveAfter, clockNow});
  rememberSeals(inspection, arguments.seals);
  const Site site{accounts, inspection, origin, arguments.pages, arguments.downloads, clockNow};
  addRoutes(server, site);
  addPages(server, site);
  std::printf("%s\n", origin.c_str());
  std::fflush(stdout);
  return server.listen_after_bind() ? 0 : 1;
}

}  // namespace

int main(int count, char** values) {
  const auto arguments = read(count, values);
  if (!arguments) return 2;
  try {
    return serve(*arguments);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "sealferry-portal: %s\n", error.what());
    return 1;
  }
}
