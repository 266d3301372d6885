// SPDX-License-Identifier: Apache-2.0
// Whole programs beside each other: how long they take, what they hold.
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { median } from './figures.mjs';

export const have = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

/** Runs it; milliseconds, how it ended, what it said. */
export function timed(program, words) {
  const began = process.hrtime.bigint();
  const { status, stdout } = spawnSync(program, words, { timeout: 120_000, encoding: 'utf8', maxBuffer: 1 << 26 });
  return { took: Number(process.hrtime.bigint() - began) / 1e6, status, stdout };
}

/** The programs in turn; medians in ms. One that fails has no time. */
export function compared(programs, rounds) {
  const took = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
  for (let round = 0; round < rounds; ++round)
    for (const [name, [program, list]] of Object.entries(programs)) {
      const one = timed(program, list);
      if (one.status !== 0) throw new Error(`${name} ended with ${one.status}`);
      took[name].push(one.took);
    }
  return Object.fromEntries(Object.entries(took).map(([name, figures]) => [name, median(figures)]));
}

/** The children a process has, and theirs. */
function family(pid) {
  const all = [pid];
  for (const one of all)
    try {
      for (const task of readdirSync(`/proc/${one}/task`))
        all.push(...readFileSync(`/proc/${one}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number));
    } catch {} // it has ended
  return all;
}

function memoryOf(pid) {
  let sum = 0;
  for (const one of family(pid))
    try {
      sum += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${one}/smaps_rollup`, 'utf8'))[1]);
    } catch {} // it has ended
  return sum;
}

/** The most that a program and its children held while it ran, in KiB. @param {[string, string[]]} program */
export function mostHeld([program, list]) {
  return new Promise((resolve) => {
    const child = spawn(program, list, { stdio: 'ignore' });
    let most = 0;
    const look = setInterval(() => { most = Math.max(most, memoryOf(child.pid)); }, 4);
    child.on('exit', () => { clearInterval(look); resolve(most); });
  });
}
