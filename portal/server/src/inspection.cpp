// SPDX-License-Identifier: Apache-2.0
#include "inspection.h"

#include <algorithm>

#include "base/digest.h"
#include "base/log.h"
#include "form.h"
#include "pki/seal_maker.h"
#include "pki/time_authority.h"

namespace sealferry::portal {
namespace {

using nlohmann::json;

constexpr Time year = 365 * 86'400;
constexpr Time slipAllowed = 60;  // a key's computer may be a little behind ours

/// The seal's name for the row, and its end.
json sealRow(const seal::Seal& seal) {
  return {{"id", seal.id},
          {"name", seal.name},
          {"sha256", toHex(sha256(seal.der))},
          {"notAfter", toRfc3339(seal.notAfter)}};
}

/// The page is told one sentence; the reason is for whoever runs the portal.
tl::unexpected<Refusal> broken(const Error& error, std::string_view during) {
  log::writeError(error, during);
  return refuse("internal");
}

}  // namespace

Inspection::Inspection(Database& database, const pki::Issuing& issuing, Setting setting)
    : database_(database), book_(database), issuing_(issuing), setting_(std::move(setting)) {}

json Inspection::fee() {
  return {{"items", {{{"name", "证书年检服务费"}, {"amount", 20000}}, {{"name", "电子签章更新"}, {"amount", 5000}}}},
          {"total", 25000}};
}

bool Inspection::rememberSeal(ByteView der) {
  const auto seal = seal::read(der, seal::Strictness::strict);
  if (!seal) return false;
  const auto digest = toHex(sha256(der));
  const long long now = setting_.clock();
  auto use = database_.use();
  use.sql() << "INSERT OR IGNORE INTO made_seals VALUES(:d, :i, " + blobLiteral(der) + ", :m)", soci::use(digest),
      soci::use(seal->id), soci::use(now);
  return true;
}

std::optional<Bytes> Inspection::madeSeal(const std::string& digest) {
  std::string hexadecimal;
  auto use = database_.use();
  use.sql() << "SELECT hex(der) FROM made_seals WHERE sha256 = :d", soci::into(hexadecimal), soci::use(digest);
  if (!use.sql().got_data()) return std::nullopt;
  return blobOf(hexadecimal);
}

/// An expired certificate is no obstacle: it only must have been ours while it was good.
bool Inspection::isOurs(const trust::Certificate& certificate) const {
  const auto at = std::min(setting_.clock(), certificate.notAfter());
  return trust::checkChain(certificate, {}, issuing_.keyAnchors(), at, {trust::Purpose::Use::signing}).trusted;
}

Answer<trust::Certificate> Inspection::holdersCertificate(const User& user, const std::string& pem) const {
  const auto certificates = trust::readCertificates(viewOf(pem));
  if (!certificates) return refuse("bad_request");
  const auto& certificate = certificates->front();
  if (!isOurs(certificate)) return refuse("certificate_foreign");
  if (certificate.unitName() != user.unit) return refuse("unit_differs", certificate.unitName());
  return certificate;
}

Order Inspection::orderAbout(const User& user, const std::string& serial, const trust::Certificate& certificate) const {
  Order order;
  order.account = user.account;
  order.key = {
      {"serial", serial},
      {"unit", certificate.unitName()},
      {"certificate", {{"sha256", toHex(certificate.sha256())}, {"notAfter", toRfc3339(certificate.notAfter())}}},
      {"seals", json::array()}};
  order.certificate = certificate.der();
  order.created = setting_.clock();
  return order;
}

Answer<Order> Inspection::open(const User& user, const json& request) {
  if (request.value("kind", json()) == "unblock") return openUnblocking(user, request);
  const auto form = readForm(user, request);
  if (!form) return passOn(form);
  const auto certificate = holdersCertificate(user, form->certificatePem);
  if (!certificate) return passOn(certificate);
  json seals = json::array();
  for (const auto& held : form->seals) {
    const auto made = madeSeal(held.sha256);
    const auto seal =
        made ? seal::read(*made, seal::Strictness::strict) : Result<seal::Seal>(fail(ErrorCode::no_seal, "open"));
    if (!seal || seal->id != held.id) return refuse("seal_foreign");
    seals.push_back(sealRow(*seal));
  }
  if (const auto open = book_.openOrderOf(form->serial, "annualInspection")) return refuse("order_open", *open);

  auto order = orderAbout(user, form->serial, *certificate);
  order.kind = "annualInspection";
  order.state = "pendingPayment";
  order.key["seals"] = std::move(seals);
  order.handler = form->handler;
  order.invoice = form->invoice;
  order.address = form->address;
  order.fee = fee();
  return book_.add(std::move(order));
}

Answer<Order> Inspection::find(const User& user, const std::string& number) {
  auto order = book_.find(user.account, number);
  if (!order) return refuse("no_such_order");
  // The demonstration's operator: looks at the order a moment after it was paid, and approves it.
  if (order->state == "pendingReview" && order->paid && setting_.clock() >= *order->paid + setting_.approveAfter) {
    if (const auto approved = approve(*order); !approved) return passOn(approved);
    order = book_.find(user.account, number);
  }
  return *order;
}

std::vector<Order> Inspection::all(const User& user) {
  auto orders = book_.ofAccount(user.account);
  for (auto& order : orders)
    if (auto fresh = find(user, order.number)) order = std::move(*fresh);
  return orders;
}

Answer<Order> Inspection::pay(const User& user, const std::string& number) {
  const auto order = book_.find(user.account, number);
  if (!order) return refuse("no_such_order");
  if (order->state == "pendingPayment") {
    book_.setState(number, "pendingReview", "paid", setting_.clock());
  } else if (!order->paid) {
    return refuse("order_not_payable");
  }
  return find(user, number);
}

Answer<Order> Inspection::cancel(const User& user, const std::string& number) {
  const auto order = book_.find(user.account, number);
  if (!order) return refuse("no_such_order");
  if (order->paid) return refuse("order_paid");
  book_.setState(number, "cancelled", nullptr, 0);
  return find(user, number);
}

Answer<void> Inspection::approve(const Order& order) {
  if (order.kind == "unblock") {
    if (const auto kept = keepUnblocking(order); !kept) return broken(kept.error(), "keepUnblocking");
    return {};
  }
  const auto now = setting_.clock();
  const auto old = trust::Certificate::fromDer(order.certificate);
  if (!old) return refuse("internal");
  const auto& authority = issuing_.keyAuthority(old->keyKind());
  const auto end = std::max(now, old->notAfter()) + year;
  const auto renewed = pki::renew(authority, *old, now - slipAllowed, end);
  if (!renewed) return broken(renewed.error(), "renew");
  std::vector<Bytes> seals;
  for (const auto& held : order.key.at("seals")) {
    const auto made = madeSeal(held.at("sha256").get<std::string>());
    const auto before =
        made ? seal::read(*made, seal::Strictness::strict) : Result<seal::Seal>(fail(ErrorCode::no_seal, "approve"));
    if (!before) return broken(before.error(), "madeSeal");
    const auto stamper = [&](ByteView value) { return pki::timeStamp(issuing_.timeAuthority(), value, now); };
    const auto fresh =
        pki::remakeSeal(issuing_.sealMaker(), *before,
                        {.signer = *renewed, .created = now, .notBefore = now, .notAfter = end, .stamper = stamper});
    if (!fresh) return broken(fresh.error(), "remakeSeal");
    if (!rememberSeal(*fresh)) return refuse("internal");
    seals.push_back(*fresh);
  }
  if (const auto kept = keepWorkOrder(order, *renewed, seals); !kept) return broken(kept.error(), "keepWorkOrder");
  return {};
}

/// Everything the order will write is fixed here, once; the state changes in the same transaction, because the signer
/// signs for whatever is ready.
Result<void> Inspection::keepWorkOrder(const Order& order, const trust::Certificate& renewed,
                                       const std::vector<Bytes>& seals) {
  Bytes replaces;
  for (const auto& held : order.key.at("seals")) {
    const auto digest = fromHex(held.at("sha256").get<std::string>());
    if (!digest) return fail(ErrorCode::internal, "keepWorkOrder");
    replaces.insert(replaces.end(), digest->begin(), digest->end());
  }
  const auto serial = order.key.at("serial").get<std::string>();
  const auto held = fromHex(order.key.at("certificate").at("sha256").get<std::string>());
  auto use = database_.use();
  soci::transaction transaction(use.sql());
  use.sql()
      << "INSERT INTO work_orders(number, operation, origin, key_serial, key_certificate_sha256, sign_certificate, "
         "replaces, nonce) VALUES(:n, 'annualInspection', :o, :s, " +
             blobLiteral(*held) + ", " + blobLiteral(renewed.der()) + ", " + blobLiteral(replaces) + ", " +
             blobLiteral(randomBytes(32)) + ")",
      soci::use(order.number), soci::use(setting_.origin), soci::use(serial);
  for (const auto& der : seals) {
    const auto seal = seal::read(der, seal::Strictness::strict);
    if (!seal) return fail(ErrorCode::internal, "keepWorkOrder");
    use.sql() << "INSERT INTO work_order_seals VALUES(:n, :i, " + blobLiteral(der) + ")", soci::use(order.number),
        soci::use(seal->id);
  }
  use.sql() << "UPDATE orders SET state = 'ready' WHERE number = :n", soci::use(order.number);
  transaction.commit();
  return {};
}

Answer<Order> Inspection::stamped(const User& user, const std::string& number) {
  const auto order = book_.find(user.account, number);
  if (!order) return refuse("no_such_order");
  if (order->state != "done") return refuse("order_not_done");
  book_.setStamped(number, setting_.clock());
  return find(user, number);
}

}  // namespace sealferry::portal
