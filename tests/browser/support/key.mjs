// SPDX-License-Identifier: Apache-2.0
// A software USB-KEY (SoftHSM) that only one test sees.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const modules = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so', '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so'];

/** @param {string} folder @param {{label?: string, pin?: string}} [options] */
export function softKey(folder, { label = 'browser test', pin = '123456' } = {}) {
  const tokens = join(folder, 'tokens');
  const conf = join(folder, 'softhsm2.conf');
  mkdirSync(tokens);
  writeFileSync(conf, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  const environment = { SOFTHSM2_CONF: conf };
  const options = { env: { ...process.env, ...environment }, stdio: 'pipe' };
  execFileSync('softhsm2-util', ['--init-token', '--free', '--label', label, '--pin', pin, '--so-pin', '87654321'], options);
  return { environment, label, module: { kind: 'pkcs11', path: modules.find((path) => existsSync(path)) } };
}
