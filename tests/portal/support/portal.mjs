// SPDX-License-Identifier: Apache-2.0
// What the portal's tests share: pictures for people, the key as the command line reads it, the portal's API as its pages use it.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { reports, scratch } from '../../browser/support/folders.mjs';
import { demonstration } from '../../browser/support/demonstration.mjs';

/** Where pictures of this name go: build/report/portal/NAME. */
export function pictures(name) {
  const folder = join(reports, 'portal', name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** PKI, key, signer and portal of one test. */
export const stage = (t, options) => demonstration(t, scratch(), options);

/** What the key holds, read with the command line: digests only. */
export function holding(demo) {
  const { certificates, seals, pending } = JSON.parse(demo.sealferry('read', '--json'));
  const digest = (use) => certificates.filter((one) => one.use === use).map(({ sha256, hasPrivateKey }) => ({ sha256, hasPrivateKey }));
  return { signing: digest('signing'), encryption: digest('encryption'), seals: seals.map(({ id, sha256 }) => ({ id, sha256 })), pending: pending ?? null };
}

/** The portal's API with a session of its own, as docs/portal-api.md has it. */
export class Api {
  #origin;
  #cookie = '';

  static async login(origin) {
    const api = new Api();
    api.#origin = origin;
    await api.call('POST', '/api/session', { account: 'demo', password: 'demo' });
    return api;
  }

  async call(method, path, body) {
    const response = await fetch(this.#origin + path, {
      method, headers: { cookie: this.#cookie, ...(body && { 'content-type': 'application/json' }) }, ...(body && { body: JSON.stringify(body) }),
    });
    this.#cookie = response.headers.get('set-cookie')?.split(';')[0] ?? this.#cookie;
    const content = response.status === 204 ? null : await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(content)}`);
    return content;
  }

  order(number) {
    return this.call('GET', `/api/orders/${number}`);
  }
}
