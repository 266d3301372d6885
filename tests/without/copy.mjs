// SPDX-License-Identifier: Apache-2.0
// copy.mjs COPY: the sources as they are in the working tree. Only what differs is written, so that what was compiled stays good,
// and what an earlier run left without its defence is compiled anew.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [copy] = process.argv.slice(2);
const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8', maxBuffer: 1 << 26 });

for (const file of listed.split('\0').filter((name) => name && existsSync(name))) {
  const target = join(copy, file);
  const content = readFileSync(file);
  if (existsSync(target) && readFileSync(target).equals(content)) continue;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
  chmodSync(target, statSync(file).mode);
}
