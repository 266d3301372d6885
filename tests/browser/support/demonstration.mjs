// SPDX-License-Identifier: Apache-2.0
// The whole demonstration: PKI, a software USB-KEY with certificates and a seal about to expire, the work-order signer in its own
// process, and the portal's server. Used by ./demo and by the portal's tests. Everything started is ended by its process id.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build, root } from './folders.mjs';
import { softKey } from './key.mjs';
import { authorities } from './pki.mjs';

export const unit = '鄂尔多斯市印渡建设工程有限公司';
export const pin = '123456';

const bin = (name) => join(build, 'bin', name);

/** Ends a process that we started, and waits until it is gone. */
export function end(child) {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', resolve);
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 5000).unref();
  });
}

/** Starts a program and waits for the first line it prints. */
function startServer(program, args) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code} before it was ready`)));
  });
  return { child, line };
}

/**
 * @param {{after(f: () => unknown): void}} t
 * @param {string} folder  an empty one
 * @param {{port?: number, module?: {kind: string, path: string}, environment?: object, untilDays?: number, downloads?: string, approveAfter?: number, algorithm?: 'rsa' | 'sm2'}} [options]
 */
export async function demonstration(t, folder, options = {}) {
  const pki = join(folder, 'pki');
  const run = (name, args, environment) =>
    execFileSync(bin(name), args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...environment } }).toString();
  authorities(pki, join(folder, 'machine'));

  const key = options.module ? { module: options.module, environment: options.environment ?? {} } : softKey(folder, { label: 'SEALKEY', pin });
  const seal = join(folder, 'first-seal.esl');
  writeFileSync(join(folder, 'pin'), `${pin}\n`, { mode: 0o600 });
  const made = JSON.parse(run('sealferry-demo-key', ['--module', key.module.path, '--kind', key.module.kind, '--algorithm', options.algorithm ?? 'rsa', '--pki', pki, '--unit', unit,
    '--pin-file', join(folder, 'pin'), '--out', seal, '--until-days', String(options.untilDays ?? 20)], key.environment));

  const socket = join(folder, 'signer.sock');
  const data = join(folder, 'data');
  mkdirSync(data);
  const portal = startServer(bin('sealferry-portal'), ['--data', data, '--pki', pki, '--signer', socket, '--seal', seal, '--unit', unit,
    '--pages', join(root, 'portal', 'web', 'dist'), '--port', String(options.port ?? 0), '--approve-after', String(options.approveAfter ?? 1),
    ...(options.downloads ? ['--downloads', options.downloads] : [])]);
  t.after(() => end(portal.child));
  const origin = await portal.line;
  const signer = startServer(bin('sealferry-order-signer'), ['--keys', join(pki, 'orders'), '--database', join(data, 'portal.sqlite'),
    '--socket', socket, '--origin', origin]);
  t.after(() => end(signer.child));
  await signer.line;

  const prompt = join(folder, 'prompt');
  const policy = {
    modules: [key.module],
    allowLocalhost: true,
    sealRoots: [join(folder, 'machine/roots/seal/*.pem'), join(folder, 'machine/roots/key/*.pem')],
    orderRoots: [join(folder, 'machine/roots/order/*.pem')],
    crls: [join(folder, 'machine/crls/*.crl')],
    development: { prompt, userFolder: join(folder, 'user') },
  };
  return {
    folder, origin, pki, key, policy, serial: made.serial, database: join(data, 'portal.sqlite'), signer: signer.child, portal: portal.child,
    /** What the user will answer to the next windows: "accept", "refuse", "cancel", "wait", "pin 123456". */
    answer: (...lines) => writeFileSync(prompt, lines.map((line) => `${line}\n`).join('')),
    /** What the windows asked so far. */
    questions: () => (existsSync(`${prompt}.log`) ? readFileSync(`${prompt}.log`, 'utf8').trim().split('\n') : []),
    /** The command line on the same key. */
    sealferry(...args) {
      const config = join(folder, 'cli-policy.json');
      writeFileSync(config, JSON.stringify(policy));
      return execFileSync(bin('sealferry'), ['--config', config, ...args], { env: { ...process.env, ...key.environment }, stdio: ['ignore', 'pipe', 'pipe'] }).toString();
    },
  };
}
