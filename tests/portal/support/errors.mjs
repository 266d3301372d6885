// SPDX-License-Identifier: Apache-2.0
// The sentences people are meant to see, from the one table of errors.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../browser/support/folders.mjs';

const table = new Map();
const row = /^SEALFERRY_ERROR\((\d+), (\w+), (?:true|false), "((?:[^"\\]|\\.)*)", "((?:[^"\\]|\\.)*)"/gm;
for (const [, code, name, what, advice] of readFileSync(join(root, 'token/base/include/base/error.def'), 'utf8').matchAll(row))
  table.set(name, { code: `SF-${code}`, what, advice });

/** @param {string} name @returns {{code: string, what: string, advice: string}} */
export function errorRow(name) {
  if (!table.has(name)) throw new Error(`no error is called ${name}`);
  return table.get(name);
}
