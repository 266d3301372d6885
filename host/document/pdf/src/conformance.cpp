// SPDX-License-Identifier: Apache-2.0
#include "conformance.h"

#include <string>

namespace sealferry::pdf {
namespace {

constexpr long long largestMetadata = 1024 * 1024;
constexpr int mostIntents = 32;

/// The XMP packet, where it can be read without unpacking: PDF/A-1 does not let it be packed (ISO 19005-1 §6.7.2), and
/// the later parts are written that way too.
std::string metadataOf(QPDF& pdf) {
  auto stream = pdf.getRoot().getKey("/Metadata");
  if (!stream.isStream() || stream.getDict().hasKey("/Filter")) return {};
  auto length = stream.getDict().getKey("/Length");
  if (!length.isInteger() || length.getIntValue() < 0 || length.getIntValue() > largestMetadata) return {};
  const auto data = stream.getRawStreamData();
  return {reinterpret_cast<const char*>(data->getBuffer()), data->getSize()};
}

/// pdfaid:part as an attribute or as an element (ISO 19005-1 §6.7.11).
int partIn(const std::string& metadata) {
  auto at = metadata.find("pdfaid:part");
  if (at == std::string::npos) return 0;
  at = metadata.find_first_not_of(" =\"'>\r\n\t", at + 11);
  return at != std::string::npos && metadata[at] >= '1' && metadata[at] <= '4' ? metadata[at] - '0' : 0;
}

bool isRgbIntent(QPDFObjectHandle intent) {
  if (!intent.isDictionary()) return false;
  auto kind = intent.getKey("/S"), profile = intent.getKey("/DestOutputProfile");
  if (!kind.isName() || kind.getName() != "/GTS_PDFA1" || !profile.isStream()) return false;
  auto components = profile.getDict().getKey("/N");
  return components.isInteger() && components.getIntValue() == 3;
}

}  // namespace

Conformance conformanceOf(QPDF& pdf) {
  Conformance conformance;
  conformance.archivePart = partIn(metadataOf(pdf));
  auto intents = pdf.getRoot().getKey("/OutputIntents");
  for (int i = 0; intents.isArray() && i < intents.getArrayNItems() && i < mostIntents; ++i)
    conformance.hasRgbIntent = conformance.hasRgbIntent || isRgbIntent(intents.getArrayItem(i));
  return conformance;
}

}  // namespace sealferry::pdf
