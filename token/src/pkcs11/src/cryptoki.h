// SPDX-License-Identifier: Apache-2.0
#pragma once
// The one place from which PKCS#11's types come: p11-kit's header, free of the licence of the original.
#include <p11-kit/pkcs11.h>
