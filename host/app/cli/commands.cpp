// SPDX-License-Identifier: Apache-2.0
#include "commands.h"

#include <array>
#include <cstdio>
#include <filesystem>

#include "order/work_order.h"
#include "policy/origin.h"
#include "print.h"
#include "run.h"

namespace sealferry::app {
namespace {

using nlohmann::json;

constexpr std::uintmax_t largestInput = 4 * 1024 * 1024;

int failed(const Options& options, const Error& error) {
  printError(error, prompt::userLanguage(), options.json);
  return 1;
}

int show(const Options& options, const Result<std::string>& answer) {
  if (!answer) return failed(options, answer.error());
  const auto parsed = json::parse(*answer);
  if (options.json) {
    std::printf("%s\n", parsed.dump(2).c_str());
  } else {
    printAnswer(parsed);
  }
  return 0;
}

int wordsOff(std::string_view what) {
  std::fprintf(stderr, "sealferry: %.*s\n", static_cast<int>(what.size()), what.data());
  return 2;
}

int keys(const Options& options) {
  auto service = serviceFor(options.policyFile);
  return show(options, runForTerminal(service, "listKeys", wire::ListKeys{}));
}

int read(const Options& options) {
  auto service = serviceFor(options.policyFile);
  return show(options, runForTerminal(service, "readKey", wire::ReadKey{options.key, options.json}));
}

/// Files may hold DER or base64 of it, as portals hand orders out in both.
Result<Bytes> readDer(const std::string& path) {
  auto content = readFile(path, largestInput);
  if (!content || (!content->empty() && content->front() == 0x30)) return content;
  std::string text;
  for (const char letter : textOf(*content))
    if (letter > ' ') text.push_back(letter);
  auto decoded = fromBase64(text);
  return decoded ? Result<Bytes>(std::move(*decoded)) : content;
}

Result<Bytes> readCertificateFile(const std::string& path) {
  const auto content = readFile(path, largestInput);
  if (!content) return content;
  const auto certificates = trust::readCertificates(*content);
  if (!certificates) return passOn(certificates);
  return certificates->front().der();
}

Result<wire::Write> readWrite(const Options& options) {
  wire::Write write;
  const auto order = readDer(*options.order);
  if (!order) return passOn(order);
  write.order = *order;
  for (const auto& path : options.seals) {
    const auto seal = readDer(path);
    if (!seal) return passOn(seal);
    write.seals.push_back(*seal);
  }
  for (const auto& [path, to] : {std::pair(&options.certificate, &write.signCertificate),
                                 std::pair(&options.encryptionCertificate, &write.encryptionCertificate)}) {
    if (!*path) continue;
    const auto certificate = readCertificateFile(**path);
    if (!certificate) return passOn(certificate);
    *to = *certificate;
  }
  return write;
}

/// The order itself says which operation it is for; the operation checks it again with everything else.
Result<std::string> writeAs(Service& service, const wire::Write& write) {
  const auto order =
      order::open(write.order, service.context.orderAnchors, service.context.orderSigners, service.context.clock());
  if (!order) return passOn(order);
  switch (order->operation) {
    case order::Operation::change:
      return runForTerminal(service, "changeSeal", wire::ChangeSeal{write});
    case order::Operation::annualInspection:
      return runForTerminal(service, "annualInspection", wire::AnnualInspection{write});
    default:
      return runForTerminal(service, "writeSeal", wire::WriteSeal{write});
  }
}

int write(const Options& options) {
  if (!options.order || options.seals.empty()) return wordsOff("write needs --order FILE and --seal FILE");
  auto service = serviceFor(options.policyFile);
  const auto request = readWrite(options);
  if (!request) return failed(options, request.error());
  return show(options, writeAs(service, *request));
}

int request(const Options& options) {
  if (!options.order) return wordsOff("request needs --order FILE");
  auto service = serviceFor(options.policyFile);
  const auto order = readDer(*options.order);
  if (!order) return failed(options, order.error());
  wire::CreateRequest message{*order, options.key, std::nullopt};
  if (options.algorithm)
    message.newKeyPair = wire::NewKeyPair{*options.algorithm, *options.algorithm == "rsa" ? 2048 : 256};
  return show(options, runForTerminal(service, "createRequest", message));
}

int login(const Options& options) {
  if (!options.nonce || !options.site) return wordsOff("login needs --site ORIGIN and --nonce BASE64");
  if (!policy::parseOrigin(*options.site)) return wordsOff("the site is an origin such as https://ca.example");
  const auto nonce = fromBase64(*options.nonce);
  if (!nonce || nonce->size() < 32) return wordsOff("the nonce is base64 of at least 32 bytes");
  auto service = serviceFor(options.policyFile);
  return show(options, runForTerminal(service, "login", wire::Login{options.key, *nonce}, *options.site));
}

int testStamp(const Options& options) {
  if (!options.out) return wordsOff("test-stamp needs --out DIR");
  auto service = serviceFor(options.policyFile);
  wire::TestStamp message{options.key, std::nullopt, options.format};
  if (!options.seals.empty()) message.seals = options.seals;
  const auto answer = runForTerminal(service, "testStamp", message);
  if (!answer) return failed(options, answer.error());
  const auto parsed = json::parse(*answer);
  std::error_code error;
  std::filesystem::create_directories(*options.out, error);
  int number = 0;
  for (const auto& document : parsed.at("documents")) {
    const auto content = fetchDocument(service, document.at("document"));
    if (!content) return failed(options, content.error());
    const auto path = *options.out + "/test-stamp-" + std::to_string(++number) + "." + options.format;
    if (const auto kept = writeFile(path, *content); !kept) return failed(options, kept.error());
    std::fprintf(stderr, "%s\n", path.c_str());
  }
  show(options, answer);
  const auto& verdict = parsed.at("report").at("verdict");
  return verdict == "valid" || verdict == "valid-with-note" ? 0 : 1;
}

int changePin(const Options& options) {
  auto service = serviceFor(options.policyFile);
  return show(options, runForTerminal(service, "changePin", wire::ChangePin{options.key}));
}

/// The order names the key.
int unblock(const Options& options) {
  if (!options.order) return wordsOff("unblock needs --order FILE");
  auto service = serviceFor(options.policyFile);
  const auto order = readDer(*options.order);
  if (!order) return failed(options, order.error());
  return show(options, runForTerminal(service, "unblockPin", wire::UnblockPin{*order}));
}

/// A diagnosis is handed on to others: which key it was may be told, whose it is may not.
json withoutNames(json status) {
  for (auto& key : status.at("keys"))
    for (const auto* name : {"label", "unit"}) key.erase(name);
  return status;
}

int doctor(const Options& options) {
  auto service = serviceFor(options.policyFile);
  const auto answer = runForTerminal(service, "status", wire::Status{});
  if (!answer) return failed(options, answer.error());
  const auto status = withoutNames(json::parse(*answer));
  const auto text = status.dump(2) + "\n";
  if (options.report)
    if (const auto kept = writeFile(*options.report, viewOf(text)); !kept) return failed(options, kept.error());
  if (options.json) {
    std::fputs(text.c_str(), stdout);
  } else {
    printStatus(status, prompt::userLanguage());
  }
  for (const auto& layer : status.at("layers"))
    if (layer.at("state") == "error") return 1;
  return 0;
}

constexpr auto table = std::to_array<Command>({
    {"keys", "[--json]", "列出已插入的锁", "list the keys that are plugged in", keys},
    {"read", "[--key SERIAL] [--json]", "读取锁：证书、签章、建议", "read a key: certificates, seals, advice", read},
    {"write", "--order FILE --seal FILE… [--certificate FILE] [--encryption-certificate FILE] [--json]",
     "按授权单写入签章、变更或年检", "write, change or inspect, as the work order says", write},
    {"request", "--order FILE [--key SERIAL] [--new-key-pair rsa|ecdsa|sm2] [--json]", "生成证书申请（PKCS#10）",
     "make a certificate request (PKCS#10)", request},
    {"login", "--site ORIGIN --nonce BASE64 [--key SERIAL] [--json]", "用锁证明身份", "prove possession of the key",
     login},
    {"test-stamp", "[--key SERIAL] [--seal ID]… [--format pdf|ofd] --out DIR [--json]", "测试盖章并验证",
     "stamp the test page and verify it", testStamp},
    {"stamp",
     "IN OUT [--key SERIAL] [--seal ID] [--pages 1,3-5|all|last] [--at X,Y] [--keyword TEXT] [--across] [--reason TEXT]"
     " [--text-line] [--digest sha256|sha384|sha512] [--padding pkcs1|pss] [--json]",
     "给 PDF 文件盖章；位置为印章中心距页面左上角的毫米数",
     "stamp a PDF; the stamp's centre in mm from the top left of the page", stampFile},
    {"verify", "FILE [--content FILE] [--root PEM]… [--crl FILE]… [--ocsp FILE]… [--at RFC3339] [--strict] [--json]",
     "验证 PDF、签章或签章数据", "verify a PDF, a seal, or an SES signature with its data", verifyFile},
    {"unblock", "--order FILE [--json]", "按授权单解锁并设置新密码", "unblock the PIN, with a work order", unblock},
    {"pin", "[--key SERIAL]", "修改密码", "change the PIN", changePin},
    {"sites", "[list | trust URL | revoke URL]", "管理可信任站点", "manage trusted sites", manageSites},
    {"doctor", "[--report FILE] [--json]", "自检并给出建议；--report 写出可发给客服的诊断（不含姓名、单位）",
     "check everything and say what to do; --report writes a diagnosis to hand on, without names", doctor},
    {"register", "[--browser DIR]", "为浏览器登记控件（当前用户）", "register the control with browsers (this user)",
     registerHost},
    {"unregister", "[--browser DIR]", "取消登记", "undo register", unregisterHost},
});

}  // namespace

std::span<const Command> commandTable() { return table; }

}  // namespace sealferry::app
