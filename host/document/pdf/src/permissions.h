// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "form.h"

namespace sealferry::pdf {

/// What the signatures of a revision permit to be changed after them.
class Permissions {
 public:
  /// Adds what one signature says: /P of DocMDP (ISO 32000-1 §12.8.2.2), the fields of FieldMDP (§12.8.2.4) and of the
  /// field's /Lock (§12.7.4.5).
  void add(SignatureField& signature);

  /// 1 nothing, 2 filling in and signing, 3 annotations too. Signatures that say nothing permit what 2 does.
  int level() const { return level_ == 0 ? 2 : level_; }
  bool locks(const std::string& fieldName) const;

 private:
  struct Lock {
    enum class Action { all, include, exclude } action;
    std::vector<std::string> fields;
  };
  void restrictTo(QPDFObjectHandle level);
  void addLock(QPDFObjectHandle lock);
  int level_ = 0;
  std::vector<Lock> locks_;
};

}  // namespace sealferry::pdf
