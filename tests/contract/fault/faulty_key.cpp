// SPDX-License-Identifier: Apache-2.0
#include "faulty_key.h"

#include "fake_module.h"
#include "soft_skf.h"

namespace sealferry::contract {
namespace {

using enum ErrorCode;

class FaultyModule : public FaultyKey {
 public:
  ModuleSetting module() const override { return {"pkcs11", FakeKey::module, {}}; }
  std::string serial() const override { return FakeKey::serial; }
  std::vector<std::string> calls() const override {
    return {"C_Initialize",   "C_GetInfo",        "C_GetSlotList",       "C_GetTokenInfo", "C_OpenSession",
            "C_CloseSession", "C_GetSessionInfo", "C_FindObjectsInit",   "C_FindObjects",  "C_FindObjectsFinal",
            "C_Login",        "C_SignInit",       "C_GetAttributeValue", "C_Sign",         "C_CreateObject",
            "C_Logout",       "C_DestroyObject",  "C_Finalize"};
  }
  std::set<std::string> lastCalls() const override { return {"C_Logout", "C_Finalize"}; }
  std::vector<FaultKind> faults() const override {
    return {{"crash", {module_crashed}, true},
            {"exit", {module_crashed}, true},
            {"hang", {module_hung}, true},
            {"print", {}},
            {"lie", {internal, write_failed, no_key, no_certificate, module_crashed}},
            {"threads", {}},
            {"fork", {}},
            {"abort", {module_crashed}, true},
            {"close", {module_crashed}, true},
            {"settle", {}},
            {"error", {internal, write_failed, key_removed}}};
  }
  void reset() override { key_.reset(); }
  void misbehave(const std::string& how, const std::string& call) override {
    key_.store().setScript(call + " 1 " + how);
  }
  void behave() override { key_.store().setScript(""); }

 private:
  FakeKey key_;
};

class FaultyLibrary : public FaultyKey {
 public:
  ModuleSetting module() const override { return {"skf", SoftSkf::library, {}}; }
  std::string serial() const override { return SoftSkf::serial; }
  std::vector<std::string> calls() const override {
    return {"SKF_EnumDev",          "SKF_ConnectDev",        "SKF_GetDevInfo",      "SKF_EnumApplication",
            "SKF_OpenApplication",  "SKF_GetPINInfo",        "SKF_EnumContainer",   "SKF_OpenContainer",
            "SKF_CloseContainer",   "SKF_ExportCertificate", "SKF_ExportPublicKey", "SKF_VerifyPIN",
            "SKF_RSASignData",      "SKF_EnumFiles",         "SKF_CreateFile",      "SKF_WriteFile",
            "SKF_GetFileInfo",      "SKF_ReadFile",          "SKF_DeleteFile",      "SKF_ClearSecureState",
            "SKF_CloseApplication", "SKF_DisConnectDev"};
  }
  std::set<std::string> lastCalls() const override { return {"SKF_ClearSecureState"}; }
  std::vector<FaultKind> faults() const override {
    return {{"crash", {module_crashed}, true},
            {"exit", {module_crashed}, true},
            {"kill", {module_crashed}, true},
            {"hang", {module_hung}, true},
            {"print", {}},
            {"lie", {internal, write_failed, no_key, no_certificate}},
            {"fork", {}},
            {"error", {internal, write_failed, key_removed, no_key, no_certificate}}};
  }
  void reset() override { (void)key_.reset(); }
  void misbehave(const std::string& how, const std::string& call) override { key_.misbehave(call + " 1 " + how); }
  void behave() override { key_.misbehave(""); }

 private:
  SoftSkf key_;
};

}  // namespace

std::unique_ptr<FaultyKey> faultyPkcs11() { return std::make_unique<FaultyModule>(); }
std::unique_ptr<FaultyKey> faultySkf() { return std::make_unique<FaultyLibrary>(); }

}  // namespace sealferry::contract
