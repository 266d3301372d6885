// SPDX-License-Identifier: Apache-2.0
// Work orders and seals that should not be: made with OpenSSL's own CMS and the demonstration's keys, and put into the portal's
// answer on its way to the page, as a broken-into web server would.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../../browser/support/folders.mjs';
import { reachable } from './portal.mjs';

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

export const derOf = (pem) => Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');

/** The JSON inside a work order. @param {string} base64 */
export function contentOf(base64) {
  const options = { input: Buffer.from(base64, 'base64'), stdio: ['pipe', 'pipe', 'ignore'] };
  return JSON.parse(execFileSync('openssl', ['cms', '-verify', '-noverify', '-inform', 'DER', '-binary'], options).toString());
}

/** Any content as a work order, signed by the order signer of this PKI. @returns {string} base64 */
export function signedOrder(pki, content, folder) {
  const file = join(folder, 'order.json');
  writeFileSync(file, JSON.stringify(content));
  const [signer, key] = ['order-signer.pem', 'order-signer.key.pem'].map((name) => join(pki, 'orders', name));
  return execFileSync('openssl', ['cms', '-sign', '-binary', '-nodetach', '-cades', '-md', 'sha256', '-in', file, '-signer', signer, '-inkey', key, '-outform', 'DER'],
    { stdio: ['ignore', 'pipe', 'inherit'] }).toString('base64');
}

/** The same bytes but for one bit. @param {Buffer} bytes @param {number} at counted from the end if negative */
export function altered(bytes, at) {
  const copy = Buffer.from(bytes);
  copy[at < 0 ? copy.length + at : at] ^= 1;
  return copy;
}

const demoPki = (...args) => execFileSync(join(build, 'bin', 'sealferry-demo-pki'), args, { stdio: ['ignore', 'pipe', 'inherit'] });

/** Another CA, whose roots no policy names. */
export function strangerPki(folder) {
  const pki = join(folder, 'stranger');
  demoPki('init', pki);
  return pki;
}

/** The same seal for this certificate, made by the seal maker of this PKI. @returns {Buffer} */
export function remadeSeal(pki, seal, certificatePem, folder) {
  const [from, certificate, to] = ['old.esl', 'certificate.pem', 'new.esl'].map((name) => join(folder, name));
  writeFileSync(from, seal);
  writeFileSync(certificate, certificatePem);
  demoPki('remake-seal', pki, '--seal', from, '--certificate', certificate, '--out', to);
  return readFileSync(to);
}

/** A certificate of this CA for a key pair that is not on the key. @returns {string} PEM */
export function foreignCertificate(pki, unit, folder) {
  const [key, publicKey, certificate] = ['foreign.key.pem', 'foreign.pub.pem', 'foreign.pem'].map((name) => join(folder, name));
  execFileSync('openssl', ['genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', key], { stdio: 'ignore' });
  execFileSync('openssl', ['pkey', '-in', key, '-pubout', '-out', publicKey], { stdio: 'ignore' });
  demoPki('issue', pki, '--unit', unit, '--request', publicKey, '--out', certificate);
  return readFileSync(certificate, 'utf8');
}

/** From now on the page gets `transform(authorisation)` instead of what the portal's server answers. */
export async function substitute(page, cookie, transform) {
  await page.setRequestInterception(true);
  page.on('request', async (request) => {
    if (!request.url().endsWith('/authorisation')) return request.continue();
    const answer = await (await fetch(reachable(request.url()), { headers: { cookie } })).json();
    await request.respond({ status: 200, contentType: 'application/json', body: JSON.stringify(transform(answer)) });
  });
}
