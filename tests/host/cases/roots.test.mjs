// SPDX-License-Identifier: Apache-2.0
// Who may order and who may make seals are two questions with roots of their own; orders of every kind of signer.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Host, folder, policy, root } from '../support/host.mjs';

const vector = (name) => join(root, 'tests/vectors', name);
const base64 = (name) => readFileSync(vector(name)).toString('base64');
const eight = Date.parse('2026-11-22T08:00:00Z') / 1000;
const site = { origin: 'https://ca.example', topOrigin: 'https://ca.example' };
const orders = ['orders/ecdsa.der', 'orders/rsa.der', 'orders/sm2.der', 'orders/sm2-bare.der'];

const host = (t, members) =>
  new Host(t, ['--config', policy(folder(t), { trustedSites: [site.origin], development: { clockOffset: Math.round(eight - Date.now() / 1000) }, ...members })]);

test('RSA, ECDSA and SM2 signers (GB/T 35275), under an order root', async (t) => {
  const asked = host(t, { orderRoots: [vector('orders/root.pem')] });
  for (const order of orders)
    assert.equal((await asked.ask('orderState', { order: base64(order) }, site)).error.data.name, 'no_driver', order); // the order is good, the key is missing
});

test('a root of seal makers signs no order, and a root of orders makes no seal', async (t) => {
  const crossed = host(t, { orderRoots: [vector('ocsp/root.pem')], sealRoots: [vector('orders/root.pem')] });
  for (const order of orders) assert.equal((await crossed.ask('orderState', { order: base64(order) }, site)).error.data.name, 'order_untrusted', order);
  const { result } = await crossed.ask('verifySeal', { seal: base64('ocsp/seal.esl') }, site);
  assert.deepEqual([result.failedStep, result.steps.at(-1).reason], ['makerCert', 'untrusted']);
  const own = host(t, { orderRoots: [vector('orders/root.pem')], sealRoots: [vector('ocsp/root.pem')] });
  assert.equal((await own.ask('verifySeal', { seal: base64('ocsp/seal.esl') }, site)).result.verdict, 'valid');
});
