// SPDX-License-Identifier: Apache-2.0
#include "prompt/words.h"

#include <cstdlib>
#include <map>

#include "phrases.h"

namespace sealferry::prompt {
namespace {

/// The day in China, as the portal and the CA name it.
std::string dateOf(Time time, Language language) {
  constexpr Time chinaTime = 8 * 3600;
  const auto day = toRfc3339(time + chinaTime).substr(0, 10);
  if (!isChinese(language) || day.size() < 10) return day;
  const auto number = [&](std::size_t at) { return day[at] == '0' ? day.substr(at + 1, 1) : day.substr(at, 2); };
  return day.substr(0, 4) + "年" + number(5) + "月" + number(8) + "日";
}

std::string triesText(int count, Language language) {
  return isChinese(language) ? "还可输错" + std::to_string(count) + "次。"
                             : "Wrong tries left: " + std::to_string(count) + ".";
}

std::string wrongText(const PinWords& words, Language language) {
  if (!words.wrong) return {};
  if (isChinese(language)) {
    const auto left = words.triesLeft ? "，还可再试" + std::to_string(*words.triesLeft) + "次" : std::string();
    return "密码不正确" + left + "。次数用完后锁会被锁死。";
  }
  const auto left = words.triesLeft ? " " + triesText(*words.triesLeft, language) : std::string();
  return "The PIN is not correct." + left + " When no tries are left the key locks itself.";
}

/// What is known of the PIN before it is typed.
std::string pinNotes(const PinWords& words, Language language) {
  const bool chinese = isChinese(language);
  std::string text;
  if (words.low && !words.wrong)
    text += chinese ? "\n上次密码输错过，请仔细核对。" : "\nThe last PIN that was typed was wrong; check it with care.";
  if (words.common)
    text += chinese ? "\n这把锁用的是常见的初始密码，别人容易猜到，请尽快修改密码。"
                    : "\nThis key has a PIN that anybody would guess; change it soon.";
  return text;
}

std::string wrongPukText(const PinWords& words, Language language) {
  if (!words.wrong) return {};
  if (isChinese(language)) {
    const auto left = words.triesLeft ? "，还可再试" + std::to_string(*words.triesLeft) + "次" : std::string();
    return "解锁码不正确" + left + "。次数用完后，这把锁不能再解锁。";
  }
  const auto left = words.triesLeft ? " " + triesText(*words.triesLeft, language) : std::string();
  return "The unblocking code is not correct." + left + " When no tries are left the key cannot be unblocked any more.";
}

std::string pukNotes(const PinWords& words, Language language) {
  if (!words.low || words.wrong) return {};
  return isChinese(language) ? "\n上次解锁码输错过，请仔细核对。"
                             : "\nThe last unblocking code that was typed was wrong; check it with care.";
}

std::string sealLine(const SealWords& seal, Language language) {
  const auto name = tame(seal.name, 40);
  if (isChinese(language))
    return (seal.isNew ? "写入签章“" : "更换锁内签章“") + name + "”，新有效期至" + dateOf(seal.notAfter, language) +
           "。";
  return (seal.isNew ? "Write the seal “" : "Replace the seal “") + name + "”, valid until " +
         dateOf(seal.notAfter, language) + ".";
}

std::string warnings(const WriteWords& words, Language language) {
  const bool chinese = isChinese(language);
  std::string text;
  if (words.encryptionKeyReplaced)
    text += chinese
                ? "\n注意：加密密钥将被更换，用旧密钥加密的文件（如未开标的投标文件）将无法解密。"
                : "\nWarning: the encryption key is replaced; files encrypted to the old one (bids that are not opened "
                  "yet) can no longer be read.";
  if (words.inPlace)
    text += chinese ? "\n锁的空间不足，将先删除旧签章再写入新签章。"
                    : "\nThere is little room: the old seal is deleted before the new one is written.";
  return text;
}

}  // namespace

std::string asker(const std::string& site, Language language) {
  if (!site.empty()) return tame(site, 80);
  return isChinese(language) ? "本机命令行" : "The command line";
}

std::string keyName(const KeyWords& key, Language language) {
  const auto unit = tame(key.unit, 40);
  if (isChinese(language)) return "锁（" + (unit.empty() ? "" : unit + "，") + "尾号" + tailOf(key.serial) + "）";
  return "key (" + (unit.empty() ? "" : unit + ", ") + "ending " + tailOf(key.serial) + ")";
}

Language userLanguage() {
  for (const auto* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0')
      return std::string_view(value).starts_with("en") ? Language::english : Language::chinese;
  }
  return Language::chinese;
}

std::string tailOf(std::string_view serial) {
  return tame(serial.size() > 4 ? serial.substr(serial.size() - 4) : serial, 4);
}

std::string wordFor(Act act, Language language) {
  struct Pair {
    const char *chinese, *english;
  };
  static const std::map<Act, Pair> words = {
      {Act::login, {"登录", "to sign in"}},
      {Act::createRequest, {"申请证书", "to request a certificate"}},
      {Act::writeSeal, {"写入签章", "to write the seal"}},
      {Act::changeSeal, {"变更签章", "to change the seal"}},
      {Act::annualInspection, {"签章年检", "the annual inspection"}},
      {Act::testStamp, {"测试盖章", "a test stamp"}},
      {Act::stampDocument, {"给文件盖章", "to stamp a document"}},
      {Act::changePin, {"修改密码", "to change the PIN"}},
      {Act::unblockPin, {"解锁", "to unblock the PIN"}},
      {Act::read, {"读取锁", "to read the key"}},
  };
  const auto& pair = words.at(act);
  return isChinese(language) ? pair.chinese : pair.english;
}

Question trustQuestion(const std::string& origin, Language language) {
  const auto site = tame(origin, 120);
  if (isChinese(language))
    return {"印渡 安全控件",
            "网站 " + site + "\n请求读取您的锁，并凭 CA 的授权单写入签章、测试盖章。\n\n请核对网址。是否允许？", "允许",
            "不允许"};
  return {"SealFerry",
          "The site " + site +
              "\nasks to read your key and, with a work order of the CA, to write seals and make test stamps.\n\n"
              "Check the address. Allow it?",
          "Allow", "Do not allow"};
}

Question writeQuestion(const WriteWords& words, Language language) {
  const bool chinese = isChinese(language);
  std::string text = asker(words.site, language) + (chinese ? " 请求" : " asks for ") + wordFor(words.act, language) +
                     (chinese ? "（订单 " : " (order ") + tame(words.order, 40) + (chinese ? "）。\n" : ").\n") +
                     keyName(words.key, language) + "\n";
  for (const auto& seal : words.seals) text += "\n" + sealLine(seal, language);
  if (words.certificateUntil)
    text += chinese ? "\n更新签名证书，有效期至" + dateOf(*words.certificateUntil, language) + "。"
                    : "\nRenew the signing certificate, valid until " + dateOf(*words.certificateUntil, language) + ".";
  text += warnings(words, language);
  text +=
      chinese
          ? "\n完成后由锁签署回执，可测试盖章一次。\n\n写入时请勿拔锁。是否继续？"
          : "\nThen the key signs the receipt, and one test stamp may follow.\n\nDo not pull the key out while it is "
            "written. Go on?";
  return {chinese ? "印渡 安全控件" : "SealFerry", text, chinese ? "继续" : "Go on", chinese ? "取消" : "Cancel"};
}

Question unblockQuestion(const std::string& site, const std::string& order, const KeyWords& key, Language language) {
  if (isChinese(language))
    return {"印渡 安全控件",
            asker(site, language) + " 请求解锁（订单 " + tame(order, 40) + "）。\n" + keyName(key, language) +
                "\n\n将用解锁码（PUK 码或管理员密码）为这把锁设置新密码；锁内证书和签章不变。\n"
                "解锁码由 CA 告知，只在本控件的窗口中输入。\n完成后由锁签署回执。\n\n是否继续？",
            "继续", "取消"};
  return {
      "SealFerry",
      asker(site, language) + " asks to unblock a key (order " + tame(order, 40) + ").\n" + keyName(key, language) +
          "\n\nA new PIN is set with the unblocking code (PUK or administrator's PIN); certificates and seals on the "
          "key stay as they are.\nThe CA tells you that code; type it in windows of this control only.\nThen the key "
          "signs the receipt.\n\nGo on?",
      "Go on", "Cancel"};
}

Question lastPukTryQuestion(const KeyWords& key, const std::optional<std::string>& helpline, Language language) {
  if (isChinese(language))
    return {"印渡 安全控件",
            keyName(key, language) +
                "\n只剩最后一次：解锁码再输错，这把锁就不能再解锁，只能更换。\n没有把握请点“取消”，联系客服" +
                (helpline ? " " + tame(*helpline, 30) : "") + "。",
            "仍要输入", "取消"};
  return {
      "SealFerry",
      keyName(key, language) +
          "\nOnly one try is left: after one more wrong unblocking code this key cannot be unblocked any more and has "
          "to be replaced.\nIf you are not sure, choose “Cancel” and call the help desk" +
          (helpline ? " " + tame(*helpline, 30) : "") + ".",
      "Enter it all the same", "Cancel"};
}

Question lastTryQuestion(const KeyWords& key, const std::optional<std::string>& helpline, Language language) {
  if (isChinese(language))
    return {"印渡 安全控件",
            keyName(key, language) +
                "\n只剩最后一次：再输错，锁将被锁死，须到 CA 办理解锁。\n没有把握请点“取消”，联系客服" +
                (helpline ? " " + tame(*helpline, 30) : "") + "。",
            "仍要输入", "取消"};
  return {"SealFerry",
          keyName(key, language) +
              "\nOnly one try is left: one more wrong PIN locks the key, and the CA has to unlock it.\nIf you are not "
              "sure, "
              "choose “Cancel” and call the help desk" +
              (helpline ? " " + tame(*helpline, 30) : "") + ".",
          "Enter it all the same", "Cancel"};
}

PinQuestion pinQuestion(const PinWords& words, Language language) {
  const bool chinese = isChinese(language);
  std::string text = chinese ? asker(words.site, language) + " 请求" + wordFor(words.act, language) + "。\n请输入" +
                                   keyName(words.key, language) + "的密码（PIN 码）" + (words.triesLeft ? "，" : "。")
                             : asker(words.site, language) + " asks for " + wordFor(words.act, language) +
                                   ".\nEnter the PIN of the " + keyName(words.key, language) + ". ";
  if (words.triesLeft) text += triesText(*words.triesLeft, language);
  text += pinNotes(words, language);
  return {chinese ? "印渡 安全控件" : "SealFerry",
          text,
          chinese ? "密码：" : "PIN:",
          wrongText(words, language),
          {},
          chinese ? "确定" : "OK",
          chinese ? "取消" : "Cancel"};
}

PinQuestion pukQuestion(const PinWords& words, Language language) {
  const bool chinese = isChinese(language);
  std::string text = chinese
                         ? asker(words.site, language) + " 请求解锁。\n请输入" + keyName(words.key, language) +
                               "的解锁码（PUK 码或管理员密码）" + (words.triesLeft ? "，" : "。")
                         : asker(words.site, language) + " asks to unblock a key.\nEnter the unblocking code (PUK or " +
                               "administrator's PIN) of the " + keyName(words.key, language) + ". ";
  if (words.triesLeft) text += triesText(*words.triesLeft, language);
  text += pukNotes(words, language);
  return {chinese ? "印渡 安全控件" : "SealFerry",
          text,
          chinese ? "解锁码：" : "Unblocking code:",
          wrongPukText(words, language),
          {},
          chinese ? "确定" : "OK",
          chinese ? "取消" : "Cancel"};
}

Question pukPadQuestion(const PinWords& words, Language language) {
  const bool chinese = isChinese(language);
  std::string text = wrongPukText(words, language);
  if (!text.empty()) text += "\n\n";
  text +=
      chinese
          ? asker(words.site, language) + " 请求解锁。\n请在锁上先输入解锁码（PUK 码或管理员密码），再输入新密码："
          : asker(words.site, language) +
                " asks to unblock a key.\nEnter the unblocking code (PUK or administrator's PIN), then the new PIN, "
                "on the key itself: ";
  text += keyName(words.key, language) + (chinese ? "。" : ". ");
  if (words.triesLeft && !words.wrong) text += triesText(*words.triesLeft, language);
  text += pukNotes(words, language);
  text += chinese ? "\n\n点“继续”，然后看锁的屏幕，用锁上的按键输入。"
                  : "\n\nChoose “Go on”, then look at the key's display and use its buttons.";
  return {chinese ? "印渡 安全控件" : "SealFerry", text, chinese ? "继续" : "Go on", chinese ? "取消" : "Cancel"};
}

Question padQuestion(const PinWords& words, Language language) {
  const bool chinese = isChinese(language);
  std::string text = wrongText(words, language);
  if (!text.empty()) text += "\n\n";
  text += asker(words.site, language) + (chinese ? " 请求" : " asks for ") + wordFor(words.act, language) +
          (chinese ? "。\n请在锁上输入密码（PIN 码）：" : ".\nEnter the PIN on the key itself: ") +
          keyName(words.key, language) + (chinese ? "。" : ". ");
  if (words.triesLeft && !words.wrong) text += triesText(*words.triesLeft, language);
  text += pinNotes(words, language);
  text += chinese ? "\n\n点“继续”，然后看锁的屏幕，用锁上的按键输入。"
                  : "\n\nChoose “Go on”, then look at the key's display and use its buttons.";
  return {chinese ? "印渡 安全控件" : "SealFerry", text, chinese ? "继续" : "Go on", chinese ? "取消" : "Cancel"};
}

PinQuestion newPinQuestion(const PinWords& words, Language language) {
  const bool chinese = isChinese(language);
  return {chinese ? "印渡 安全控件" : "SealFerry",
          chinese
              ? "请为" + keyName(words.key, language) + "设置新密码。\n不要使用 123456、111111 等简单密码。"
              : "Choose a new PIN for the " + keyName(words.key, language) + ".\nAvoid 123456, 111111 and the like.",
          chinese ? "新密码：" : "New PIN:",
          !words.common ? std::string()
          : chinese     ? "这个密码太简单，别人容易猜到，请换一个。"
                        : "Anybody would guess this PIN; choose another.",
          chinese ? "再输一次：" : "Once more:",
          chinese ? "确定" : "OK",
          chinese ? "取消" : "Cancel"};
}

}  // namespace sealferry::prompt
