// SPDX-License-Identifier: Apache-2.0
// The demonstration's authorities, made once in this process: a second's work of the processor each time. Every test has a copy of
// its own, to which it may do what it likes.
import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { build, scratch } from './folders.mjs';

const demoPki = (...args) => execFileSync(join(build, 'bin', 'sealferry-demo-pki'), args, { stdio: ['ignore', 'pipe', 'inherit'] });

let made;

/** Puts the authorities into `pki`, and what a machine is told of them into `machine`; neither exists yet. */
export function authorities(pki, machine) {
  if (!made) {
    made = { pki: join(scratch(), 'pki'), machine: join(scratch(), 'machine') };
    demoPki('init', made.pki);
    demoPki('policy', made.pki, '--out', made.machine);
  }
  cpSync(made.pki, pki, { recursive: true });
  cpSync(made.machine, machine, { recursive: true });
}
