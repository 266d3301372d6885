// SPDX-License-Identifier: Apache-2.0
// A time stamp authority made of `openssl ts`, with a root of its own.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export class TimeStamping {
  #at;

  constructor(folder, name = 'tsa') {
    this.#at = join(folder, name);
    mkdirSync(this.#at);
    writeFileSync(this.#file('ts.cnf'), ['[tsa]', 'default_tsa = one', '[one]', `serial = ${this.#file('serial')}`, 'crypto_device = builtin',
      `signer_cert = ${this.#file('tsa.pem')}`, `certs = ${this.#file('root.pem')}`, `signer_key = ${this.#file('tsa.key')}`, 'signer_digest = sha256',
      'default_policy = 1.2.3.4.1', 'digests = sha256, sha384, sha512', 'ess_cert_id_chain = no', 'ess_cert_id_alg = sha256'].join('\n'));
    writeFileSync(this.#file('ext'), 'basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n');
    const key = (to) => ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', this.#file(`${to}.key`)];
    this.#openssl('req', '-x509', ...key('root'), '-subj', `/O=Times/CN=${name} root`, '-days', '30', '-addext', 'keyUsage=critical,keyCertSign,cRLSign', '-out', this.#file('root.pem'));
    this.#openssl('req', ...key('tsa'), '-subj', `/O=Times/CN=${name}`, '-out', this.#file('tsa.csr'));
    this.#openssl('x509', '-req', '-in', this.#file('tsa.csr'), '-CA', this.root, '-CAkey', this.#file('root.key'), '-CAcreateserial', '-days', '20',
      '-extfile', this.#file('ext'), '-out', this.#file('tsa.pem'));
  }

  #file(name) {
    return join(this.#at, name);
  }

  #openssl(...args) {
    return execFileSync('openssl', args, { stdio: 'pipe' }).toString();
  }

  get root() {
    return this.#file('root.pem');
  }

  /** TimeStampReq in, TimeStampToken out, both base64 of DER. */
  token(request) {
    writeFileSync(this.#file('query.tsq'), Buffer.from(request, 'base64'));
    this.#openssl('ts', '-reply', '-config', this.#file('ts.cnf'), '-queryfile', this.#file('query.tsq'), '-token_out', '-out', this.#file('token.der'));
    return readFileSync(this.#file('token.der')).toString('base64');
  }

  /** What OpenSSL reads in a request. */
  words(request) {
    writeFileSync(this.#file('query.tsq'), Buffer.from(request, 'base64'));
    return this.#openssl('ts', '-query', '-in', this.#file('query.tsq'), '-text');
  }
}
