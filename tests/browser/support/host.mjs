// SPDX-License-Identifier: Apache-2.0
// Browsers pass no options to a native host, so each test has a small script of its own that starts the host it wants and
// leaves its process id behind.
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hostProgram } from './folders.mjs';

const quote = (word) => `'${word.replaceAll("'", "'\\''")}'`;

function script(folder, command, environment = {}) {
  const path = join(folder, 'host.sh');
  const pidFile = join(folder, 'host.pid');
  const exports = Object.entries(environment).map(([name, value]) => `export ${name}=${quote(value)}`);
  const lines = ['#!/bin/sh', ...exports, 'read -r facts </proc/$$/stat', 'set -- $facts', `echo "$1 \${22}" >> ${quote(pidFile)}`, `exec ${command.map(quote).join(' ')} 2>>${quote(join(folder, 'host.log'))}`];
  writeFileSync(path, `${lines.join('\n')}\n`);
  chmodSync(path, 0o755);
  const started = () => (existsSync(pidFile) ? readFileSync(pidFile, 'utf8').trim().split('\n').map((line) => line.split(' ')) : []);
  return {
    path,
    /** Of all that were ever started. */
    pids: () => started().map(([pid]) => Number(pid)),
    /** Of those that still run. A long sweep sees numbers come back as other programs': the time of the start tells them apart. */
    alive: () => started().filter(([pid, time]) => isAlive(Number(pid)) && startOf(pid) === time).map(([pid]) => Number(pid)),
  };
}

/** When a process began (proc(5), field 22 of stat), in ticks since the machine did. */
function startOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[19];
  } catch {
    return undefined;
  }
}

/** The real host, with a policy of this test. @param {object} [policy] @param {Record<string, string>} [environment] */
export function realHost(folder, policy, environment) {
  if (!policy) return script(folder, [hostProgram], environment);
  const config = join(folder, 'policy.json');
  writeFileSync(config, JSON.stringify(policy, null, 2));
  return script(folder, [hostProgram, '--config', config], environment);
}

/** A program that misbehaves in one way; see misbehaving-host.mjs. @param {string} way */
export function misbehavingHost(folder, way) {
  return script(folder, [process.execPath, fileURLToPath(new URL('misbehaving-host.mjs', import.meta.url)), way]);
}

/** Is this process alive? */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
