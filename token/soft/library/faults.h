// SPDX-License-Identifier: Apache-2.0
#pragma once

// Test builds only. The file `script` in the first key's folder is looked at anew at every call. A line says what
// happens at which call of this process, counted from 1 since the script changed; `*` counts every call but the wait
// for events:
//
//     SKF_WriteFile 3 pull
//
// pull        the key is gone before the call
// pull-after  the call takes effect, then the key is gone and the call fails
// error       the call fails and does nothing; the key stays
// hang crash exit print lie fork kill kill-after
//
// The wait for events (SKF_WaitForDevEvent) is counted on its own, and only by its name: hang, crash, exit, print,
// error (answers a failure at once), lie (answers nonsense at once).
//
// A file `calls` in that folder gets the name of each call, if it is there.
