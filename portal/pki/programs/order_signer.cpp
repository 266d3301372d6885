// SPDX-License-Identifier: Apache-2.0
// sealferry-order-signer: signs work orders for approved orders of the portal, and nothing else. Its key lies in a
// folder of its own; the web server reaches it through one socket and can only name an order. See pki/order_signer.h.
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include <csignal>
#include <ctime>
#include <iostream>

#include "arguments.h"
#include "base/log.h"
#include "signer_serve.h"

namespace {

using namespace sealferry;

volatile std::sig_atomic_t ended = 0;
void end(int) { ended = 1; }

/// Signals are let in only while waiting, so none is missed between looking and waiting.
struct Signals {
  sigset_t waiting{};
  Signals() {
    struct sigaction action {};
    action.sa_handler = end;
    sigset_t blocked;
    sigemptyset(&blocked);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
      sigaction(signal, &action, nullptr);
      sigaddset(&blocked, signal);
    }
    sigprocmask(SIG_BLOCK, &blocked, &waiting);
  }
};

void serveOne(const pki::Descriptor& listening, const pki::OrderKeys& keys, const pki::SignerSetting& setting) {
  const pki::Descriptor peer(accept4(listening.get(), nullptr, nullptr, SOCK_CLOEXEC));
  if (!peer) return;
  const auto request = pki::receiveText(peer);
  if (!request) return;
  const auto answer = pki::answerTo(*request, keys, setting, std::time(nullptr));
  log::write(log::Level::info, answer.find("\"workOrder\"") == std::string::npos ? "refused" : "signed");
  pki::sendText(peer, answer);
}

int serve(const pki::Descriptor& listening, const pki::OrderKeys& keys, const pki::SignerSetting& setting) {
  const Signals signals;
  pollfd waiting{listening.get(), POLLIN, 0};
  while (ended == 0) {
    if (ppoll(&waiting, 1, nullptr, &signals.waiting) > 0) serveOne(listening, keys, setting);
  }
  return 0;
}

int complain(const std::string& sentence) {
  std::cerr << "sealferry-order-signer: " << sentence << "\n";
  return 1;
}

}  // namespace

int main(int count, char** words) {
  const auto arguments =
      Arguments::parse(std::vector<std::string>(words + 1, words + count), {"keys", "database", "socket", "origin"});
  if (!arguments || !arguments->has("keys") || !arguments->has("database") || !arguments->has("socket") ||
      !arguments->has("origin"))
    return complain("usage: sealferry-order-signer --keys FOLDER --database FILE --socket PATH --origin URL");
  prctl(PR_SET_DUMPABLE, 0);  // the key is not to be found in a core file or by a debugger of the same user
  const auto keys = pki::openOrderKeys(arguments->get("keys"));
  if (!keys) return complain("cannot read the key folder " + arguments->get("keys"));
  const std::filesystem::path socket = arguments->get("socket");
  const auto listening = pki::listenAt(socket);
  if (!listening) return complain("cannot listen at " + socket.string());
  std::cout << "ready" << std::endl;
  const int status = serve(listening, *keys, {arguments->get("database"), arguments->get("origin")});
  std::error_code ignored;
  std::filesystem::remove(socket, ignored);
  return status;
}
