// SPDX-License-Identifier: Apache-2.0
#include "routes.h"

#include "base/log.h"
#include "packages.h"

namespace sealferry::portal {
namespace {

using httplib::Request;
using httplib::Response;
using nlohmann::json;

constexpr const char* cookieName = "session=";

std::string sessionOf(const Request& request) {
  const auto cookies = request.get_header_value("Cookie");
  for (std::size_t at = 0; at < cookies.size();) {
    auto end = cookies.find(';', at);
    if (end == std::string::npos) end = cookies.size();
    while (at < end && cookies[at] == ' ') ++at;
    if (cookies.compare(at, std::string_view(cookieName).size(), cookieName) == 0)
      return cookies.substr(at + std::string_view(cookieName).size(), end - at - std::string_view(cookieName).size());
    at = end + 1;
  }
  return {};
}

void send(Response& response, int status, const json& body) {
  response.status = status;
  response.set_header("Cache-Control", "no-store");
  response.set_content(body.dump(-1, ' ', false, json::error_handler_t::replace), "application/json");
}

void send(Response& response, const Refusal& refusal) {
  send(response, refusal.status,
       {{"error", {{"name", refusal.name}, {"message", refusal.message}, {"advice", refusal.advice}}}});
}

template <class T>
void send(Response& response, const Answer<T>& answer, int status = 200) {
  if (!answer) return send(response, answer.error());
  if constexpr (std::is_same_v<T, json>) {
    send(response, status, *answer);
  } else {
    send(response, status, shape(*answer));
  }
}

/// Cross-site request forgery: JSON cannot be posted by a plain form, and a browser that names an origin names ours.
Answer<json> bodyOf(const Site& site, const Request& request) {
  if (!request.get_header_value("Content-Type").starts_with("application/json")) return refuse("wrong_origin");
  if (request.has_header("Origin") && request.get_header_value("Origin") != site.origin) return refuse("wrong_origin");
  auto body = json::parse(request.body, nullptr, false);
  if (!body.is_object()) return refuse("bad_request");
  return body;
}

std::string textMember(const json& body, const char* name) {
  const auto found = body.find(name);
  return found != body.end() && found->is_string() ? found->get<std::string>() : std::string();
}

using WithUser = std::function<void(const User&, const Request&, Response&)>;
using WithBody = std::function<void(const User&, const json&, const Request&, Response&)>;

/// Nothing that goes wrong in a library may reach the page as anything but our own sentence.
httplib::Server::Handler guarded(std::function<void(const Request&, Response&)> run) {
  return [run = std::move(run)](const Request& request, Response& response) {
    try {
      run(request, response);
    } catch (const std::exception& error) {
      log::write(log::Level::error, error.what());
      send(response, refuse("internal").value());
    }
  };
}

httplib::Server::Handler asUser(const Site& site, WithUser run) {
  return guarded([site, run = std::move(run)](const Request& request, Response& response) {
    const auto user = site.accounts.userOf(sessionOf(request), site.clock());
    if (!user) return send(response, user.error());
    run(*user, request, response);
  });
}

httplib::Server::Handler asUserWithBody(const Site& site, WithBody run) {
  return asUser(site, [site, run = std::move(run)](const User& user, const Request& request, Response& response) {
    const auto body = bodyOf(site, request);
    if (!body) return send(response, body.error());
    run(user, *body, request, response);
  });
}

void addSession(httplib::Server& server, const Site& site) {
  server.Post("/api/session", guarded([site](const Request& request, Response& response) {
                const auto body = bodyOf(site, request);
                if (!body) return send(response, body.error());
                const auto token =
                    site.accounts.logIn(textMember(*body, "account"), textMember(*body, "password"), site.clock());
                if (!token) return send(response, token.error());
                const std::string secure = site.origin.starts_with("https") ? "; Secure" : "";
                response.set_header("Set-Cookie", cookieName + *token + "; HttpOnly; SameSite=Strict; Path=/" + secure);
                send(response, site.accounts.userOf(*token, site.clock()));
              }));
  server.Get("/api/session", asUser(site, [](const User& user, const Request&, Response& response) {
               send(response, 200, shape(user));
             }));
  server.Delete("/api/session", guarded([site](const Request& request, Response& response) {
                  site.accounts.logOut(sessionOf(request));
                  response.set_header("Set-Cookie",
                                      std::string(cookieName) + "; HttpOnly; SameSite=Strict; Path=/; Max-Age=0");
                  response.status = 204;
                }));
}

void addPortal(httplib::Server& server, const Site& site) {
  server.Get("/api/portal", guarded([site](const Request&, Response& response) {
               send(response, 200,
                    {{"name", "CA数字证书在线办理系统"},
                     {"helpline", "0477-8581234"},
                     {"downloads", packagesIn(site.downloads)},
                     {"demonstration", true}});
             }));
  server.Get("/api/profile", asUser(site, [](const User& user, const Request&, Response& response) {
               send(response, 200, user.profile);
             }));
  server.Get(R"(/api/fees/(\w+))", asUser(site, [](const User&, const Request& request, Response& response) {
               if (request.matches[1] == "annualInspection") return send(response, 200, Inspection::fee());
               if (request.matches[1] == "unblock") return send(response, 200, Inspection::unblockingFee());
               send(response, refuse("unknown_kind").value());
             }));
}

constexpr const char* orderPath = R"(/api/orders/(\d{13}))";

void addOrders(httplib::Server& server, const Site& site) {
  server.Get("/api/orders", asUser(site, [site](const User& user, const Request&, Response& response) {
               json list = json::array();
               for (const auto& order : site.inspection.all(user)) list.push_back(shape(order));
               send(response, 200, {{"orders", list}});
             }));
  server.Post("/api/orders",
              asUserWithBody(site, [site](const User& user, const json& body, const Request&, Response& response) {
                send(response, site.inspection.open(user, body), 201);
              }));
  server.Get(orderPath, asUser(site, [site](const User& user, const Request& request, Response& response) {
               send(response, site.inspection.find(user, request.matches[1]));
             }));
  server.Post(std::string(orderPath) + "/pay", asUserWithBody(site, [site](const User& user, const json& body,
                                                                           const Request& request, Response& response) {
                if (textMember(body, "method") != "demonstration") return send(response, refuse("bad_request").value());
                send(response, site.inspection.pay(user, request.matches[1]));
              }));
  server.Post(std::string(orderPath) + "/cancel",
              asUserWithBody(site, [site](const User& user, const json&, const Request& request, Response& response) {
                send(response, site.inspection.cancel(user, request.matches[1]));
              }));
}

void addWork(httplib::Server& server, const Site& site) {
  server.Get(std::string(orderPath) + "/authorisation",
             asUser(site, [site](const User& user, const Request& request, Response& response) {
               send(response, site.inspection.authorise(user, request.matches[1]));
             }));
  server.Post(
      std::string(orderPath) + "/receipt",
      asUserWithBody(site, [site](const User& user, const json& body, const Request& request, Response& response) {
        const auto receipt = fromBase64(textMember(body, "receipt"));
        if (!receipt) return send(response, refuse("receipt_invalid").value());
        send(response, site.inspection.close(user, request.matches[1], *receipt));
      }));
  server.Post(std::string(orderPath) + "/test-stamp",
              asUserWithBody(site, [site](const User& user, const json&, const Request& request, Response& response) {
                send(response, site.inspection.stamped(user, request.matches[1]));
              }));
}

}  // namespace

void addRoutes(httplib::Server& server, const Site& site) {
  server.set_payload_max_length(1024 * 1024);
  addPortal(server, site);
  addSession(server, site);
  addOrders(server, site);
  addWork(server, site);
}

}  // namespace sealferry::portal
