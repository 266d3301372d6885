// SPDX-License-Identifier: Apache-2.0
#include "calls.h"

namespace sealferry::fake {
namespace {

/// Takes the shape of whatever entry it is put into.
template <class... Arguments>
CK_RV unsupported(Arguments...) {
  return CKR_FUNCTION_NOT_SUPPORTED;
}

CK_FUNCTION_LIST* theList() {
  static CK_FUNCTION_LIST list = [] {
    CK_FUNCTION_LIST all{{2, 40},     unsupported, unsupported, unsupported, unsupported, unsupported, unsupported,
                         unsupported, unsupported, unsupported, unsupported, unsupported, unsupported, unsupported,
                         unsupported, unsupported, unsupported, unsupported, unsupported, unsupported, unsupported,
                         unsupported, unsupported, unsupported, unsupported, unsupported, unsupported, unsupported,
                         unsupported, unsupported, unsupported, unsupported, unsupported, unsupported, unsupported,
                         unsupported, unsupported, unsupported, unsupported, unsupported, unsupported, unsupported,
                         unsupported, unsupported, unsupported, unsupported, unsupported, unsupported, unsupported,
                         unsupported, unsupported, unsupported, unsupported, unsupported, unsupported, unsupported,
                         unsupported, unsupported, unsupported, unsupported, unsupported, unsupported, unsupported,
                         unsupported, unsupported, unsupported, unsupported, unsupported, unsupported};
    addGeneral(all);
    addSessions(all);
    addObjects(all);
    addSigning(all);
    return all;
  }();
  return &list;
}

}  // namespace
}  // namespace sealferry::fake

extern "C" __attribute__((visibility("default"))) CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR list) {
  if (list == nullptr) return CKR_ARGUMENTS_BAD;
  *list = sealferry::fake::theList();
  return CKR_OK;
}
