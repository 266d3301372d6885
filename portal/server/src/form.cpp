// SPDX-License-Identifier: Apache-2.0
#include "form.h"

#include <algorithm>

namespace sealferry::portal {
namespace {

using nlohmann::json;

constexpr std::size_t longestText = 200;
constexpr std::size_t longestCertificate = 16 * 1024;
constexpr std::size_t mostSeals = 16;

std::string textIn(const json& object, const char* name, std::size_t longest = longestText) {
  if (!object.is_object() || !object.contains(name) || !object[name].is_string()) return {};
  auto text = object[name].get<std::string>();
  return text.size() <= longest ? text : std::string();
}

Answer<json> take(const json& object, std::initializer_list<std::pair<const char*, const char*>> fields) {
  json taken = json::object();
  for (const auto& [name, words] : fields) {
    taken[name] = textIn(object, name);
    if (taken[name].get_ref<const std::string&>().empty()) return refuse("form_incomplete", words);
  }
  return taken;
}

Answer<json> readInvoice(const json& object) {
  const auto delivery = textIn(object, "delivery");
  if (delivery != "electronic" && delivery != "paper") return refuse("bad_request");
  auto taken = take(object, {{"title", "发票抬头"}, {"taxNumber", "税号"}});
  if (!taken) return taken;
  (*taken)["delivery"] = delivery;
  (*taken)["email"] = textIn(object, "email");
  if (delivery == "electronic" && (*taken)["email"] == "") return refuse("form_incomplete", "接收发票的邮箱");
  return taken;
}

/// Only an address of the user's own; a paper invoice needs one.
Answer<json> readAddress(const User& user, const json& request, const json& invoice) {
  const auto id = textIn(request, "addressId");
  for (const auto& address : user.profile.at("addresses"))
    if (!id.empty() && address.at("id") == id) return address;
  if (!id.empty()) return refuse("bad_request");
  if (invoice.at("delivery") == "paper") return refuse("form_incomplete", "发票快递地址");
  return json();
}

bool isDigest(const std::string& text) {
  return text.size() == 64 && std::ranges::all_of(text, [](char digit) {
           return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
         });
}

Answer<void> readBareKey(const json& key, Form& form) {
  form.serial = textIn(key, "serial");
  form.certificatePem = textIn(key, "certificate", longestCertificate);
  if (form.serial.empty() || form.certificatePem.empty()) return refuse("form_incomplete", "锁");
  return {};
}

Answer<void> readKey(const json& key, Form& form) {
  if (const auto bare = readBareKey(key, form); !bare) return bare;
  if (!key.contains("seals") || !key["seals"].is_array() || key["seals"].size() > mostSeals)
    return refuse("bad_request");
  for (const auto& seal : key["seals"]) {
    form.seals.push_back({textIn(seal, "id"), textIn(seal, "name"), textIn(seal, "sha256"), textIn(seal, "notAfter")});
    if (form.seals.back().id.empty() || !isDigest(form.seals.back().sha256)) return refuse("bad_request");
  }
  if (form.seals.empty()) return refuse("form_incomplete", "锁内的签章");
  return {};
}

}  // namespace

Answer<Form> readForm(const User& user, const json& request) {
  if (textIn(request, "kind") != "annualInspection") return refuse("unknown_kind");
  Form form;
  const auto handler = take(request.value("handler", json()), {{"name", "经办人"}, {"phone", "联系电话"}});
  if (!handler) return passOn(handler);
  const auto invoice = readInvoice(request.value("invoice", json()));
  if (!invoice) return passOn(invoice);
  const auto address = readAddress(user, request, *invoice);
  if (!address) return passOn(address);
  if (const auto key = readKey(request.value("key", json()), form); !key) return passOn(key);
  form.handler = *handler;
  form.invoice = *invoice;
  form.address = *address;
  return form;
}

Answer<Form> readUnblocking(const json& request) {
  Form form;
  if (const auto key = readBareKey(request.value("key", json()), form); !key) return passOn(key);
  return form;
}

}  // namespace sealferry::portal
