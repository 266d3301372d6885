// SPDX-License-Identifier: Apache-2.0
// A key with certificates and a seal, two seals to change it to and fro, and work orders for that: the demonstration's PKI
// without its portal.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pin, unit } from '../../browser/support/demonstration.mjs';
import { authorities } from '../../browser/support/pki.mjs';
import { remadeSeal, sha256, signedOrder } from '../../portal/support/forge.mjs';
import { bin } from './host.mjs';

export { pin };

export class KeyWithSeal {
  #number = 20260000;
  #next = 0;

  /** @param {string} folder @param {{module: object, environment: object}} key  an empty one */
  constructor(folder, key, origin, algorithm = 'rsa') {
    Object.assign(this, { folder, key, origin, pki: join(folder, 'pki') });
    authorities(this.pki, join(folder, 'machine'));
    writeFileSync(join(folder, 'pin'), `${pin}\n`, { mode: 0o600 });
    const seal = join(folder, 'first-seal.esl');
    const made = this.#run('sealferry-demo-key', ['--module', key.module.path, '--kind', key.module.kind, '--algorithm', algorithm, '--pki', this.pki, '--unit', unit,
      '--pin-file', join(folder, 'pin'), '--out', seal, '--until-days', '200']);
    this.serial = JSON.parse(made).serial;
    this.first = readFileSync(seal);
  }

  #run(name, args) {
    return execFileSync(join(bin, name), args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...this.key.environment } }).toString();
  }

  policy() {
    const machine = (files) => join(this.folder, 'machine', files);
    return { modules: [this.key.module], trustedSites: [this.origin], sealRoots: [machine('roots/seal/*.pem'), machine('roots/key/*.pem')],
      orderRoots: [machine('roots/order/*.pem')], crls: [machine('crls/*.crl')] };
  }

  /** After one look at the key: what orders are about. */
  learn({ certificates, seals }) {
    this.certificate = certificates.find(({ use }) => use === 'signing');
    this.id = seals[0].id;
    this.seals = [0, 1].map(() => remadeSeal(this.pki, this.first, this.certificate.pem, this.folder));
    this.held = seals[0].sha256;
  }

  /** An order to unblock this key, signed by `pki`; `members` instead of the usual ones. */
  unblockOrder(members = {}, pki = this.pki) {
    return this.anyOrder({ operation: 'unblock', ...members }, pki);
  }

  /** An order that writes nothing but what `members` say. */
  anyOrder(members, pki = this.pki) {
    return signedOrder(pki, {
      type: 'sealferry-work-order', version: 1, order: String(++this.#number), origin: this.origin,
      key: { serial: this.serial, certificateSha256: this.certificate.sha256 },
      write: { seals: [], signCertificateSha256: null, encryptionCertificateSha256: null },
      replaces: [], allowInPlace: false, notBefore: new Date(Date.now() - 60_000).toISOString().replace(/\.\d+/, ''),
      notAfter: new Date(Date.now() + 3600_000).toISOString().replace(/\.\d+/, ''), nonce: randomBytes(16).toString('base64'), ...members,
    }, this.folder);
  }

  /** A certificate of this PKI for a request (PEM). @returns {string} PEM */
  certificateFor(request) {
    const [from, to] = ['request.pem', 'issued.pem'].map((name) => join(this.folder, name));
    writeFileSync(from, request);
    this.#run('sealferry-demo-pki', ['issue', this.pki, '--unit', unit, '--request', from, '--out', to]);
    return readFileSync(to, 'utf8');
  }

  /** A seal of the same id for this key's certificate, as the tool makes it with these words. @returns {Buffer} */
  otherSeal(...words) {
    const [certificate, seal] = ['certificate.pem', 'other.esl'].map((name) => join(this.folder, name));
    writeFileSync(certificate, this.certificate.pem);
    this.#run('sealferry-demo-pki', ['make-seal', this.pki, '--unit', unit, '--certificate', certificate, '--id', this.id, '--out', seal, ...words]);
    return readFileSync(seal);
  }

  /** The next order, and the seal that it is for. */
  order(seal = this.seals[this.#next ^= 1]) {
    const order = signedOrder(this.pki, {
      type: 'sealferry-work-order', version: 1, order: String(++this.#number), operation: 'reissue', origin: this.origin,
      key: { serial: this.serial, certificateSha256: this.certificate.sha256 },
      write: { seals: [{ id: this.id, sha256: sha256(seal) }], signCertificateSha256: null, encryptionCertificateSha256: null },
      replaces: [this.held], allowInPlace: false, notBefore: new Date(Date.now() - 60_000).toISOString().replace(/\.\d+/, ''),
      notAfter: new Date(Date.now() + 3600_000).toISOString().replace(/\.\d+/, ''), nonce: randomBytes(16).toString('base64'),
    }, this.folder);
    this.held = sha256(seal);
    return { order, seals: [seal.toString('base64')] };
  }
}
