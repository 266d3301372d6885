// SPDX-License-Identifier: Apache-2.0
#include "made.h"

#include <cstdio>
#include <sstream>

namespace sealferry::test {

Bytes madeOf(const std::vector<std::string>& bodies, const std::string& trailer) {
  std::ostringstream out;
  std::string table;
  out << "%PDF-1.6\n";
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    char line[32];
    std::snprintf(line, sizeof line, "%010ld 00000 n \n", static_cast<long>(out.tellp()));
    table += line;
    out << i + 1 << " 0 obj\n" << bodies[i] << "\nendobj\n";
  }
  const auto start = static_cast<long>(out.tellp());
  const auto size = bodies.size() + 1;
  out << "xref\n0 " << size << "\n0000000000 65535 f \n"
      << table << "trailer\n<</Size " << size << " /Root 1 0 R " << trailer << ">>\nstartxref\n"
      << start << "\n%%EOF";
  return copyOf(viewOf(out.str()));
}

std::string streamBody(const std::string& content, const std::string& members) {
  return "<<" + members + " /Length " + std::to_string(content.size()) + ">>\nstream\n" + content + "\nendstream";
}

Bytes pageWith(int rotation, bool cropped, double userUnit) {
  return madeOf({"<</Type /Catalog /Pages 2 0 R>>",
                 "<</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [-20 -30 263.46 395.2] /Rotate " +
                     std::to_string(rotation) + ">>",
                 "<</Type /Page /Parent 2 0 R" + std::string(cropped ? " /CropBox [10 20 220 330]" : "") +
                     (userUnit != 1 ? " /UserUnit " + std::to_string(userUnit) : "") + ">>"});
}

Bytes pagesWith(const std::vector<std::string>& members) {
  std::string kids;
  std::vector<std::string> bodies = {"<</Type /Catalog /Pages 2 0 R>>", {}};
  for (const auto& one : members) {
    kids += std::to_string(bodies.size() + 1) + " 0 R ";
    bodies.push_back("<</Type /Page /Parent 2 0 R " + one + ">>");
  }
  bodies[1] = "<</Type /Pages /MediaBox [0 0 595.276 841.89] /Kids [" + kids + "] /Count " +
              std::to_string(members.size()) + ">>";
  return madeOf(bodies);
}

}  // namespace sealferry::test
