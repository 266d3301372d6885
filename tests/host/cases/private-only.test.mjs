// SPDX-License-Identifier: Apache-2.0
// A certificate and its private key, and no public key object, as many tools leave an imported pair (PKCS#12): before the login
// there is only the certificate to go by.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FakeKey } from '../../portal/support/fake-key.mjs';
import { derOf, sha256 } from '../../portal/support/forge.mjs';
import { Host, folder, policy } from '../support/host.mjs';
import { KeyWithSeal, pin } from '../support/key-with-seal.mjs';

const site = 'http://localhost:8000';
const nonce = Buffer.alloc(32, 7).toString('base64');
const [publicKey, privateKey] = [2, 3]; // CKO_*

/** The fake key without its objects of this class, which begin with CKA_CLASS (0) as eight bytes (0x48). */
function drop(key, kind) {
  const objects = join(key.folder, 'objects');
  const beginning = Buffer.from([0, 0x48, kind, 0, 0, 0, 0, 0, 0, 0]);
  for (const name of readdirSync(objects)) if (readFileSync(join(objects, name)).subarray(0, 16).includes(beginning)) rmSync(join(objects, name));
}

/** A key with a seal, without its objects of these classes. */
function setUp(t, ...kinds) {
  const at = folder(t);
  const fake = new FakeKey(at);
  const key = new KeyWithSeal(at, fake, site);
  kinds.forEach((kind) => drop(fake, kind));
  const path = policy(at, key.policy());
  const host = new Host(t, ['--config', path], fake.environment);
  host.answer = (...lines) => writeFileSync(join(at, 'prompt'), lines.map((line) => `${line}\n`).join(''));
  host.answer();
  return { host, key, fake, path };
}

test('such a key is read, logs in and is written as any other', async (t) => {
  const { host, key } = setUp(t, publicKey);
  const { result } = await host.ask('readKey');
  assert.deepEqual(result.certificates.map(({ use, hasPrivateKey }) => [use, hasPrivateKey]), [['signing', true], ['encryption', true]]);
  host.answer(`pin ${pin}`);
  const login = await host.ask('login', { nonce });
  assert.ok(login.result?.message, JSON.stringify(login.error));
  key.learn(result);
  host.answer('accept', `pin ${pin}`);
  const written = await host.ask('writeSeal', key.order());
  assert.equal(written.result?.outcome, 'written', JSON.stringify(written.error) + host.log);
  host.answer(`pin ${pin}`);
  const stamped = await host.ask('testStamp');
  assert.ok(stamped.result, JSON.stringify(stamped.error));
});

test('if it turns out at the login that the private key is not there: no_certificate, no try spent, nothing written', async (t) => {
  const { host, key, fake } = setUp(t, publicKey, privateKey);
  const before = (await host.ask('readKey')).result;
  key.learn(before);
  const held = readdirSync(join(fake.folder, 'objects')).sort();
  for (const [method, params, ...answers] of [['login', { nonce }], ['testStamp', {}], ['writeSeal', key.order(), 'accept']]) {
    host.answer(...answers, `pin ${pin}`);
    assert.equal((await host.ask(method, params)).error?.data.name, 'no_certificate', method);
  }
  assert.equal(fake.triesLeft(), 3);
  assert.deepEqual(readdirSync(join(fake.folder, 'objects')).sort(), held);
  assert.deepEqual((await host.ask('readKey')).result.seals.map(({ sha256 }) => sha256), before.seals.map(({ sha256 }) => sha256));
});

for (const [what, again] of [['in the login that made the pair', false], ['in another one', true]])
  test(`a certificate whose key pair is gone: an order that names it and brings the one of a new pair goes through, ${what}`, async (t) => {
    const { host, key, fake, path } = setUp(t, publicKey, privateKey);
    key.learn((await host.ask('readKey')).result);
    host.answer('accept', `pin ${pin}`);
    const { result, error } = await host.ask('createRequest', { order: key.anyOrder({ operation: 'request' }), newKeyPair: { algorithm: 'rsa', bits: 2048 } });
    assert.ok(result?.request, JSON.stringify(error));
    const certificate = key.certificateFor(result.request);
    const digest = sha256(derOf(certificate));
    const order = key.anyOrder({ operation: 'issue', write: { seals: [], signCertificateSha256: digest, encryptionCertificateSha256: null } });
    const writing = again ? new Host(t, ['--config', path], fake.environment) : host;
    if (again) await host.close();
    host.answer('accept', `pin ${pin}`);
    const written = await writing.ask('writeSeal', { order, seals: [], signCertificate: derOf(certificate).toString('base64') });
    assert.equal(written.result?.outcome, 'written', JSON.stringify(written.error) + writing.log);
    assert.ok(written.result.after.certificates.some((one) => one.hasPrivateKey && one.sha256 === digest));
  });
