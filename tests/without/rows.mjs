// SPDX-License-Identifier: Apache-2.0
// Does each row of defences.mjs still find its lines, once? Prints those that do not.
import { readFileSync } from 'node:fs';
import { defences } from './defences.mjs';

const lost = defences.filter(({ file, from }) => readFileSync(file, 'utf8').split(from).length !== 2);
for (const { defence, file } of lost) console.log(`${defence} (${file})`);
process.exitCode = lost.length === 0 ? 0 : 1;
