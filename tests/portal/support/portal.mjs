// SPDX-License-Identifier: Apache-2.0
// What the portal's tests share: pictures for people, the key as the command line reads it, the portal's API as its pages use it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { reports, scratch } from '../../browser/support/folders.mjs';
import { demonstration } from '../../browser/support/demonstration.mjs';

/** Where pictures of this name go: build/report/portal/NAME. */
export function pictures(name) {
  const folder = join(reports, 'portal', name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** PKI, key, signer and portal of one test. @param {(folder: string) => object} [makeKey] instead of a SoftHSM key */
export async function stage(t, makeKey, options) {
  const folder = scratch();
  const key = await makeKey?.(folder);
  return Object.assign(await demonstration(t, folder, { ...options, ...(key && { module: key.module, environment: key.environment }) }), key && { key });
}

export const read = (demo) => JSON.parse(demo.sealferry('read', '--json'));

/** What the key holds, read with the command line: digests only. */
export function holding(demo) {
  const { certificates, seals, pending } = read(demo);
  const digest = (use) => certificates.filter((one) => one.use === use).map(({ sha256, hasPrivateKey }) => ({ sha256, hasPrivateKey }));
  return { signing: digest('signing'), encryption: digest('encryption'), seals: seals.map(({ id, sha256 }) => ({ id, sha256 })), pending: pending ?? null };
}

/** Carries an order out with the command line, as a clerk without a browser would. @param {object} authorisation @returns {string} the receipt */
export function carryOut(demo, { order, seals, signCertificate }, ...answers) {
  const file = (name, content) => {
    writeFileSync(join(demo.folder, name), content);
    return join(demo.folder, name);
  };
  demo.answer(...(answers.length ? answers : ['accept', 'pin 123456']));
  const args = ['--order', file('order.b64', order), '--certificate', file('certificate.pem', signCertificate)];
  seals.forEach((seal, i) => args.push('--seal', file(`${i}.esl`, Buffer.from(seal, 'base64'))));
  return JSON.parse(demo.sealferry('write', ...args, '--json')).receipt;
}

/** Looks again and again until there is something to see. */
export async function until(what, look, patience = 30_000) {
  for (const end = Date.now() + patience; ; await pause(20)) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
  }
}

/** The address under which a test itself reaches the portal: unlike a browser, Node asks the machine who localhost is, and a bare one has no /etc/hosts. */
export const reachable = (url) => url.replace('//localhost:', '//127.0.0.1:');

/** The portal's API with a session of its own, as docs/portal-api.md has it. */
export class Api {
  #origin;
  cookie = '';

  static async login(origin) {
    const api = new Api();
    api.#origin = reachable(origin);
    await api.call('POST', '/api/session', { account: 'demo', password: 'demo' });
    return api;
  }

  async call(method, path, body) {
    // Each call has a connection of its own: the portal closes idle ones, and one that closes just now fails the call.
    const response = await fetch(this.#origin + path, {
      method, headers: { cookie: this.cookie, connection: 'close', ...(body && { 'content-type': 'application/json' }) }, ...(body && { body: JSON.stringify(body) }),
    });
    this.cookie = response.headers.get('set-cookie')?.split(';')[0] ?? this.cookie;
    const content = response.status === 204 ? null : await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(content)}`);
    return content;
  }

  order(number) {
    return this.call('GET', `/api/orders/${number}`);
  }

  authorisation(number) {
    return this.call('GET', `/api/orders/${number}/authorisation`);
  }

  sendReceipt(number, receipt) {
    return this.call('POST', `/api/orders/${number}/receipt`, { receipt });
  }

  /** An annual inspection for what the key holds now: ordered, paid, approved. The number. */
  async inspection({ serial, certificates, seals }) {
    const certificate = certificates.find(({ use }) => use === 'signing').pem;
    const { handler, invoice } = await this.call('GET', '/api/profile');
    const key = { serial, certificate, seals: seals.map(({ id, name, sha256, notAfter }) => ({ id, name, sha256, notAfter })) };
    const { number } = await this.call('POST', '/api/orders', { kind: 'annualInspection', key, handler, invoice, addressId: null });
    await this.call('POST', `/api/orders/${number}/pay`, { method: 'demonstration' });
    await until('approval', async () => (await this.order(number)).state === 'ready');
    return number;
  }
}
