// SPDX-License-Identifier: Apache-2.0
// What a process and its children cost, from /proc.
import { readFileSync, readdirSync } from 'node:fs';

const statOf = (pid) => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' '); // from the state on: field 3 of proc(5)
};

/** All living processes below this one, itself first; zombies are gone. */
export function family(pid) {
  const parents = new Map();
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      const [state, parent] = statOf(name);
      if (state !== 'Z') parents.set(Number(name), Number(parent));
    } catch {
      // gone meanwhile
    }
  }
  const all = [pid];
  for (const one of all) for (const [child, parent] of parents) if (parent === one) all.push(child);
  return all;
}

/** Processor time in clock ticks, and how often it was woken up. */
export function cost(pid) {
  const fields = statOf(pid);
  let wakes = 0;
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    wakes += Number(/voluntary_ctxt_switches:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/task/${task}/status`, 'utf8'))[1]);
  }
  return { ticks: Number(fields[11]) + Number(fields[12]), wakes };
}

/** Memory in KiB and open descriptors: its proportional share of all (which grows when another process that shares a library ends), and what is its alone. */
export function holding(pid) {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const [pss, own] = ['Pss', 'Anonymous'].map((name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(rollup)[1]));
  return { pss, own, descriptors: readdirSync(`/proc/${pid}/fd`).length };
}

export const commandOf = (pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
