// SPDX-License-Identifier: Apache-2.0
// The check of a seal against the SM2 verifications in it alone.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { root, tell } from './figures.mjs';

test('a v4 seal of 20 KiB with its chain within twice its SM2 verifications', () => {
  const figures = JSON.parse(execFileSync(join(root, 'build/dev/bench/seal_check'), { timeout: 60_000 }).toString());
  tell('seal', { 'check, µs': figures.checkMicroseconds, 'verifications alone, µs': figures.aloneMicroseconds, ratio: figures.ratio, limit: 2 });
  assert.ok(figures.bytes >= 20 * 1024 - 64 && figures.bytes <= 21 * 1024);
  assert.ok(figures.ratio <= 2, `ratio ${figures.ratio}`);
});
