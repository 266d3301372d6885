// SPDX-License-Identifier: Apache-2.0
// sealferry-desk FOLDER: a private pcscd with two readers, and keys made of software, for tests in other languages.
// Prints the environment that clients need, `NAME=VALUE` a line, then `ready`. Then each line of standard input is an
// order, answered by a line `ok`, `failed`, or what was asked for:
//     stop 0 | start 0   (pcscd)
//     plug READER STATE | pull READER | pulled READER | control READER WISH[; WISH…] | commands READER
//     initialise READER LABEL ID LABEL USAGE KEY.pem CERTIFICATE.der …   (paths without blanks)
// Everything ends when standard input does.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "desk/desk.h"

namespace {

using namespace sealferry;
using namespace sealferry::desk;

std::string contentOf(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string verdict(bool good) { return good ? "ok" : "failed"; }

std::string initialiseFrom(Desk& desk, unsigned reader, std::istringstream& words) {
  std::string label, key, certificate;
  words >> label;
  std::vector<Holding> holdings;
  for (Holding one; words >> one.id >> one.label >> one.usage >> key >> certificate;) {
    one.privateKey = contentOf(key);
    one.certificate = copyOf(viewOf(contentOf(certificate)));
    holdings.push_back(one);
  }
  return verdict(initialise(desk, reader, label, holdings));
}

std::string commandsOf(const Desk& desk, unsigned reader) {
  std::string line = "commands";
  for (const auto ins : desk.commands(reader)) line += " " + toHex(Bytes{ins});
  return line;
}

std::string control(const Desk& desk, unsigned reader, std::istringstream& words) {
  std::string wishes;
  std::getline(words >> std::ws, wishes);
  for (auto& letter : wishes)
    if (letter == ';') letter = '\n';
  desk.control(reader, wishes);
  return verdict(true);
}

std::string obey(Desk& desk, const std::string& order) {
  std::istringstream words(order);
  std::string what, state;
  unsigned reader = Desk::readers;
  words >> what >> reader;
  if (reader >= Desk::readers) return verdict(false);
  if (what == "plug") return words >> std::ws, std::getline(words, state), verdict(desk.plug(reader, state));
  if (what == "pull") return verdict(desk.pull(reader));
  if (what == "pulled") return verdict(desk.awaitPulled(reader));
  if (what == "stop") return desk.stopService(), verdict(true);
  if (what == "start") return verdict(desk.startService());
  if (what == "control") return control(desk, reader, words);
  if (what == "commands") return commandsOf(desk, reader);
  if (what == "initialise") return initialiseFrom(desk, reader, words);
  return verdict(false);
}

void say(const std::string& line) {
  std::fputs((line + "\n").c_str(), stdout);
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return std::fputs("usage: sealferry-desk FOLDER\n", stderr), 64;
  const auto desk = Desk::start(arguments[1]);
  if (!desk) return 1;
  desk->enter();
  for (const auto& [name, value] : desk->environment()) say(name + "=" + value);
  say("ready");
  for (std::string order; std::getline(std::cin, order);) say(obey(*desk, order));
  return 0;
}
