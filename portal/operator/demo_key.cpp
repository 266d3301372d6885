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

#include "pki/envelope.h"
#include "pki/seal_maker.h"
#include "pki/store.h"
#include "token/registry.h"

using namespace sealferry;

namespace {

namespace po = boost::program_options;

constexpr Time day = 86'400;

struct Arguments {
  std::string module, kind, algorithm, pki, unit, credit, sealId, sealName, pinFile, out;
  std::string serial;
  long fromDays = -345, untilDays = 20;
};

std::optional<Arguments> read(int count, char** values) {
  Arguments a;
  po::options_description known("sealferry-demo-key");
  known.add_options()("module", po::value(&a.module)->required(), "driver of the key")(
      "kind", po::value(&a.kind)->default_value("pkcs11"), "pkcs11 or skf")(
      "algorithm", po::value(&a.algorithm)->default_value("rsa"), "rsa or sm2")("serial", po::value(&a.serial),
                                                                                "which key")(
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
  if (a.algorithm != "rsa" && a.algorithm != "sm2") return std::nullopt;
  if (a.sealName.empty()) a.sealName = a.unit + "公章";
  return a;
}

Secret readPin(const std::string& file) {
  std::ifstream stream(file);
  std::string pin;
  std::getline(stream, pin);
  return Secret(viewOf(pin));
}

/// A pair of certificates, and for SM2 the encryption key that the CA made.
struct Certified {
  trust::Certificate signing, encryption;
  std::optional<Bytes> encryptionKey;
};

Result<trust::Certificate> certify(const pki::Issuing& issuing, const Arguments& a, pki::Profile profile,
                                   const Bytes& publicKeyInfo, trust::KeyKind kind, Time now) {
  const pki::CertificateOrder order{
      profile, {a.unit, a.credit, a.unit}, publicKeyInfo, now + a.fromDays * day, now + a.untilDays * day};
  return pki::issue(issuing.keyAuthority(kind), order);
}

/// RSA: both key pairs are made on the key.
Result<Certified> certifyRsa(token::Session& session, const pki::Issuing& issuing, const Arguments& a, Time now) {
  const auto certified = [&](pki::Profile profile) -> Result<trust::Certificate> {
    const auto pair = session.createKeyPair({token::KeyAlgorithm::rsa, 2048});
    if (!pair) return passOn(pair);
    return certify(issuing, a, profile, pair->publicKeyInfo, trust::KeyKind::rsa, now);
  };
  auto signing = certified(pki::Profile::signing);
  if (!signing) return passOn(signing);
  auto encryption = certified(pki::Profile::encryption);
  if (!encryption) return passOn(encryption);
  return Certified{std::move(*signing), std::move(*encryption), std::nullopt};
}

/// SM2: the signing key is made on the key, the encryption key by the CA's key management, and comes in an envelope.
Result<Certified> certifySm2(token::Session& session, const pki::Issuing& issuing, const Arguments& a, Time now) {
  const auto pair = session.createKeyPair({token::KeyAlgorithm::sm2, 256});
  if (!pair) return passOn(pair);
  auto signing = certify(issuing, a, pki::Profile::signing, pair->publicKeyInfo, trust::KeyKind::sm2, now);
  if (!signing) return passOn(signing);
  const auto managed = pki::PrivateKey::generate(pki::KeyType::sm2);
  if (!managed) return passOn(managed);
  auto encryption = certify(issuing, a, pki::Profile::encryption, managed->publicKeyInfo(), trust::KeyKind::sm2, now);
  if (!encryption) return passOn(encryption);
  auto closed = pki::envelope(*managed, pair->publicKeyInfo);
  if (!closed) return passOn(closed);
  return Certified{std::move(*signing), std::move(*encryption), std::move(*closed)};
}

Result<Bytes> makeSeal(const pki::Issuing& issuing, const Arguments& a, const trust::Certificate& signer, Time now) {
  const auto picture = pki::roundPicture(a.unit);
  if (!picture) return passOn(picture);
  return pki::makeSeal(issuing.sealMaker(), {.id = a.sealId,
                                             .name = a.sealName,
                                             .signer = signer,
                                             .picture = *picture,
                                             .created = now,
                                             .notBefore = now + a.fromDays * day,
                                             .notAfter = now + a.untilDays * day});
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
  const auto certified =
      a.algorithm == "sm2" ? certifySm2(**session, *issuing, a, now) : certifyRsa(**session, *issuing, a, now);
  if (!certified) return passOn(certified);
  const auto seal = makeSeal(*issuing, a, certified->signing, now);
  if (!seal) return passOn(seal);
  token::Change change;
  change.order = "first-issue";
  change.put = {{a.sealId, *seal}};
  change.signCertificate = certified->signing.der();
  change.encryptionCertificate = certified->encryption.der();
  change.encryptionKey = certified->encryptionKey;
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
