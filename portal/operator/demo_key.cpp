// SPDX-License-Identifier: Apache-2.0
// sealferry-demo-key: what an operator does before a key is shipped (灌章), for a demonstration key: key pairs made on
// the key, certificates, and a seal. The new seal is also left in a file, because the portal must know the seals it
// made.
#include <boost/program_options.hpp>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "pki/seal_maker.h"
#include "pki/store.h"
#include "token/registry.h"

using namespace sealferry;

namespace {

namespace po = boost::program_options;

constexpr Time day = 86'400;

struct Arguments {
  std::string module, kind, pki, unit, credit, sealId, sealName, pinFile, out;
  std::string serial;
  long fromDays = -345, untilDays = 20;
};

std::optional<Arguments> read(int count, char** values) {
  Arguments a;
  po::options_description known("sealferry-demo-key");
  known.add_options()("module", po::value(&a.module)->required(), "driver of the key")(
      "kind", po::value(&a.kind)->default_value("pkcs11"), "pkcs11")("serial", po::value(&a.serial), "which key")(
      "pki", po::value(&a.pki)->required(), "folder of the demonstration PKI")("unit", po::value(&a.unit)->required(),
                                                                               "unit's name")(
      "credit", po::value(&a.credit)->default_value("91150600MA0N000000"), "unified social credit code")(
      "seal-id", po::value(&a.sealId)->default_value("15060000000001"), "number of the seal")(
      "seal-name", po::value(&a.sealName), "name of the seal (the unit's name and 公章)")(
      "pin-file", po::value(&a.pinFile)->required(), "file that holds the PIN")(
      "from-days", po::value(&a.fromDays), "validity begins, days from now (-345)")(
      "until-days", po::value(&a.untilDays), "validity ends, days from now (20)")("out", po::value(&a.out)->required(),
                                                                                  "file for the seal");
  try {
    po::variables_map map;
    po::store(po::parse_command_line(count, values, known), map);
    po::notify(map);
  } catch (const po::error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return std::nullopt;
  }
  if (a.sealName.empty()) a.sealName = a.unit + "公章";
  return a;
}

Secret readPin(const std::string& file) {
  std::ifstream stream(file);
  std::string pin;
  std::getline(stream, pin);
  return Secret(viewOf(pin));
}

/// Makes a key pair on the key and has a certificate issued for it.
Result<trust::Certificate> certify(token::Session& session, const pki::Issuing& issuing, const Arguments& a,
                                   pki::Profile profile, Time now) {
  const auto pair = session.createKeyPair({token::KeyAlgorithm::rsa, 2048});
  if (!pair) return passOn(pair);
  const pki::CertificateOrder order{
      profile, {a.unit, a.credit, a.unit}, pair->publicKeyInfo, now + a.fromDays * day, now + a.untilDays * day};
  return pki::issue(issuing.keyAuthority(trust::KeyKind::rsa), order);
}

Result<Bytes> makeSeal(const pki::Issuing& issuing, const Arguments& a, const trust::Certificate& signer, Time now) {
  const auto picture = pki::roundPicture(a.unit);
  if (!picture) return passOn(picture);
  return pki::makeSeal(issuing.sealMaker(),
                       {a.sealId, a.sealName, signer, *picture, now, now + a.fromDays * day, now + a.untilDays * day});
}

Result<nlohmann::json> prepareKey(const Arguments& a, const std::filesystem::path& programs) {
  const auto issuing = pki::Issuing::open(a.pki);
  if (!issuing) return passOn(issuing);
  token::WorkerSetting setting;
  setting.program = programs / "sealferry-token";
  const auto backend = token::workerBackend({a.kind, a.module}, setting);
  const auto keys = backend->keys();
  if (!keys) return passOn(keys);
  if (keys->empty()) return fail(ErrorCode::no_key, "prepareKey");
  const auto session = backend->open(a.serial.empty() ? keys->front().serial : a.serial);
  if (!session) return passOn(session);
  if (const auto logged = (*session)->login(readPin(a.pinFile)); !logged) return passOn(logged);

  const Time now = std::time(nullptr);
  const auto signing = certify(**session, *issuing, a, pki::Profile::signing, now);
  if (!signing) return passOn(signing);
  const auto encryption = certify(**session, *issuing, a, pki::Profile::encryption, now);
  if (!encryption) return passOn(encryption);
  const auto seal = makeSeal(*issuing, a, *signing, now);
  if (!seal) return passOn(seal);
  token::Change change;
  change.order = "first-issue";
  change.put = {{a.sealId, *seal}};
  change.signCertificate = signing->der();
  change.encryptionCertificate = encryption->der();
  if (const auto written = (*session)->apply(change, [](std::string_view, unsigned, unsigned) {}); !written)
    return passOn(written);
  std::ofstream(a.out, std::ios::binary)
      .write(reinterpret_cast<const char*>(seal->data()), static_cast<std::streamsize>(seal->size()));
  const auto info = (*session)->info();
  if (!info) return passOn(info);
  return nlohmann::json{{"serial", info->serial}, {"unit", a.unit}, {"sealBytes", seal->size()}};
}

}  // namespace

int main(int count, char** values) {
  const auto arguments = read(count, values);
  if (!arguments) return 2;
  std::error_code error;
  const auto programs = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  const auto done = prepareKey(*arguments, programs);
  if (!done) {
    const auto& row = errorRow(done.error().code);
    std::fprintf(stderr, "%s in %s: %s\n", std::string(row.name).c_str(), done.error().where.c_str(),
                 std::string(row.english.what).c_str());
    return 1;
  }
  std::printf("%s\n", done->dump().c_str());
  return 0;
}
