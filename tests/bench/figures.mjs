// SPDX-License-Identifier: Apache-2.0
import { appendFileSync, mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const reports = join(root, 'build', 'report');

export function median(figures) {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Prints a benchmark's figures and leaves them for people (bench.md) and programs (bench.json). */
export function tell(name, figures) {
  mkdirSync(reports, { recursive: true });
  const shown = Object.entries(figures).map(([key, value]) => [key, typeof value === 'number' ? Number(value.toFixed(3)) : value]);
  console.log(`${name}: ${shown.map(([key, value]) => `${key} ${value}`).join(' · ')}`);
  const file = join(reports, 'bench.json');
  const all = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  all[name] = Object.fromEntries(shown);
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`);
  appendFileSync(join(reports, 'bench.md'), `| ${name} | ${shown.map(([key, value]) => `${key}: ${value}`).join('; ')} |\n`);
}
