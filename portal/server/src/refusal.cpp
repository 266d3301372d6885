// SPDX-License-Identifier: Apache-2.0
#include "refusal.h"

#include <algorithm>
#include <array>

namespace sealferry::portal {
namespace {

struct Row {
  std::string_view name;
  int status;
  std::string_view message, advice;
};

constexpr auto table = std::to_array<Row>({
    {"bad_request", 400, "提交的内容不正确。", "请刷新页面后重试。"},
    {"form_incomplete", 400, "请填写：{}。", "补全后再提交。"},
    {"certificate_foreign", 400, "这把锁的证书不是本中心签发的。", "请联系发锁的 CA 办理。"},
    {"unit_differs", 400, "锁的单位“{}”与账号的单位不一致。", "请插入本单位的锁，或用该单位的账号登录。"},
    {"seal_foreign", 400, "锁内签章不是本中心制作的。", "请办理签章补办，或联系客服。"},
    {"receipt_invalid", 400, "回执没有通过验证，订单未关闭。", "请在年检操作页点“继续办理”，不会重复写入。"},
    {"login_required", 401, "请先登录。", "登录后继续，已填内容会保留。"},
    {"login_failed", 401, "账号或登录密码不正确。", "请核对后重试。"},
    {"wrong_origin", 403, "请求不是从本网站发出的。", "请从本网站的页面操作。"},
    {"no_such_order", 404, "没有找到这个订单。", "请回到订单列表。"},
    {"unknown_kind", 404, "没有这种业务。", "请回到首页。"},
    {"not_found", 404, "没有这个地址。", "请回到首页。"},
    {"order_open", 409, "这把锁已有办理中的订单 {}。", "请先办完或取消那个订单。"},
    {"order_not_payable", 409, "这个订单现在不能支付。", "请刷新订单状态。"},
    {"order_paid", 409, "订单已支付，不能取消。", "如需退款请联系客服。"},
    {"order_not_ready", 409, "订单还在审核中。", "请稍后再试。"},
    {"order_not_done", 409, "订单尚未办理完成。", "请先完成年检操作。"},
    {"too_large", 413, "提交的内容太大。", "请减小后重试。"},
    {"too_many_tries", 429, "登录失败次数太多。", "请五分钟后再试。"},
    {"signer_missing", 503, "授权单签发服务暂时不可用。", "请稍后重试，订单和费用不受影响。"},
    {"internal", 500, "网站内部出错。", "请稍后重试；仍不行请联系客服。"},
});

}  // namespace

tl::unexpected<Refusal> refuse(std::string_view name, std::string_view about) {
  const auto found = std::ranges::find(table, name, &Row::name);
  const auto& row = found == table.end() ? table.back() : *found;
  std::string message(row.message);
  if (const auto mark = message.find("{}"); mark != std::string::npos) message.replace(mark, 2, about);
  return tl::unexpected<Refusal>(Refusal{row.status, std::string(row.name), message, std::string(row.advice)});
}

}  // namespace sealferry::portal
