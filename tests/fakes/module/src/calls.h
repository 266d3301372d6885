// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <p11-kit/pkcs11.h>

namespace sealferry::fake {

/// Each file puts its own functions into the list.
void addGeneral(CK_FUNCTION_LIST& list);
void addSessions(CK_FUNCTION_LIST& list);
void addObjects(CK_FUNCTION_LIST& list);
void addSigning(CK_FUNCTION_LIST& list);

}  // namespace sealferry::fake
