// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <filesystem>
#include <memory>

#include "document/report.h"
#include "document/stamp.h"

namespace sealferry::document {

struct VerifyRequest {
  trust::Anchors anchors;  ///< no roots: trust is "unknown"
  Time at = 0;
};

/// Whoever parses documents, and decodes pictures. The document is an open file that may be read from the start; its
/// bytes are hostile.
class Engine {
 public:
  virtual ~Engine() = default;
  /// document_unreadable, document_protected, document_forbids_changes, document_too_large, stamp_does_not_fit; detail
  /// reason.
  virtual Result<Reserved> reserve(int document, const StampRequest& request) = 0;
  virtual Result<Report> verify(int document, const VerifyRequest& request) = 0;
  /// A PNG, JPEG, GIF or BMP as PNG of at most `largestBytes`, made smaller if need be; seconds at most. seal_invalid
  /// with detail reason: pictureMalformed, pictureTooLarge (even small it does not fit).
  virtual Result<Bytes> toPng(ByteView picture, std::size_t largestBytes) = 0;
};

/// Runs each call in a process of its own (sealferry-document) with limits of memory, processor time and wall-clock
/// time. A child that crashes or exceeds them is document_unreadable with reason crashed or limits; over a picture,
/// which a seal brought, it is seal_invalid with reason pictureMalformed.
std::unique_ptr<Engine> processEngine(const std::filesystem::path& program);

}  // namespace sealferry::document
