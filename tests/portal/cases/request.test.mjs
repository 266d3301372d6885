// SPDX-License-Identifier: Apache-2.0
// One order used twice on one connection: first for a certificate request, then for the write. One PIN for both, and a window of its own
// for what is written.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { pin } from '../../browser/support/demonstration.mjs';
import { Host, policy } from '../../host/support/host.mjs';
import { contentOf, remadeSeal, sha256, signedOrder } from '../support/forge.mjs';
import { Api, holding, read, stage } from '../support/portal.mjs';

/** An `issue` order for the key as it is, which writes the seal anew for the certificate that is there. */
async function issueOrder(demo) {
  const api = await Api.login(demo.origin);
  const template = await api.authorisation(await api.inspection(read(demo)));
  const { certificates, seals: [held] } = read(demo);
  const certificate = certificates.find(({ use }) => use === 'signing').pem;
  const seal = remadeSeal(demo.pki, Buffer.from(template.seals[0], 'base64'), certificate, demo.folder);
  const content = {
    ...contentOf(template.order), operation: 'issue', replaces: [held.sha256],
    write: { seals: [{ id: held.id, sha256: sha256(seal) }], signCertificateSha256: null, encryptionCertificateSha256: null },
  };
  return { order: signedOrder(demo.pki, content, demo.folder), seals: [seal.toString('base64')] };
}

async function sit(t) {
  const demo = await stage(t);
  const host = new Host(t, ['--config', policy(demo.folder, demo.policy)], demo.key.environment);
  const caller = { origin: demo.origin, topOrigin: demo.origin, gesture: true };
  demo.answer('accept');
  assert.equal((await host.ask('trustSite', {}, caller)).error, undefined);
  return { demo, order: await issueOrder(demo), ask: (method, params) => host.ask(method, params, caller) };
}

test('a request, then the write: one PIN, and what is written is shown', { timeout: 120_000 }, async (t) => {
  const { demo, order, ask } = await sit(t);
  const before = holding(demo);
  demo.answer('accept', `pin ${pin}`, 'accept');
  const asked = demo.questions().length;
  const requested = await ask('createRequest', { order: order.order });
  assert.match(requested.result?.request ?? JSON.stringify(requested), /BEGIN CERTIFICATE REQUEST/);
  assert.deepEqual(holding(demo), before, 'a request writes nothing');
  const written = await ask('writeSeal', order);
  assert.equal(written.result?.outcome, 'written', JSON.stringify(written));
  const windows = demo.questions().slice(asked);
  assert.deepEqual(windows.map((line) => line.split(':')[0].split(' ')[0]), ['confirm', 'pin', 'confirm']);
  assert.doesNotMatch(windows[0], /公章/, 'the first window names no seal');
  assert.match(windows[2], /公章/, 'the second one does');
  assert.equal(holding(demo).seals[0].sha256, sha256(Buffer.from(order.seals[0], 'base64')));
});

test('a request, then a write that the user refuses: nothing is written', { timeout: 120_000 }, async (t) => {
  const { demo, order, ask } = await sit(t);
  const before = holding(demo);
  demo.answer('accept', `pin ${pin}`, 'refuse');
  assert.equal((await ask('createRequest', { order: order.order })).error, undefined);
  assert.equal((await ask('writeSeal', order)).error?.data.name, 'cancelled');
  assert.deepEqual(holding(demo), before);
});

test('the terminal proves a login for the site it names', { timeout: 120_000 }, async (t) => {
  const demo = await stage(t);
  const nonce = randomBytes(32);
  demo.answer(`pin ${pin}`);
  const { message } = JSON.parse(demo.sealferry('login', '--site', 'https://ca.example', '--nonce', nonce.toString('base64'), '--json'));
  const proof = contentOf(message); // openssl verifies the signature
  assert.equal(proof.type, 'sealferry-login');
  assert.equal(proof.origin, 'https://ca.example');
  assert.equal(proof.nonce, nonce.toString('base64'));
  assert.throws(() => demo.sealferry('login', '--site', 'ca.example', '--nonce', nonce.toString('base64')), /origin/);
});
