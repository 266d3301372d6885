// SPDX-License-Identifier: Apache-2.0
// A whole annual inspection with the command line on a USB-KEY behind OpenSC, and what the key's own counter says of the PIN.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { scratch } from '../../browser/support/folders.mjs';
import { Host } from '../../host/support/host.mjs';
import { Api, carryOut, holding, read, stage } from '../../portal/support/portal.mjs';
import { VirtualKey } from '../support/virtual-key.mjs';

const rightPin = 'pin 123456';
const wrongPin = 'pin 000000';
const nonce = Buffer.alloc(32, 7).toString('base64');

async function table(t) {
  const key = await VirtualKey.plugged(t, scratch());
  const demo = await stage(t, () => key, { approveAfter: 0 });
  const api = await Api.login(demo.origin);
  const authorise = async () => api.authorisation(await api.inspection(read(demo)));
  return { key, demo, api, authorise };
}

/** A page of the portal logs in with the key: the whole answer. */
async function login(t, { demo, key }, ...answers) {
  const rights = { trustedSites: [demo.origin], siteRights: { [demo.origin]: ['read', 'write', 'test'] } };
  const config = join(demo.folder, 'page-policy.json');
  writeFileSync(config, JSON.stringify({ ...demo.policy, ...rights }));
  const host = new Host(t, ['--config', config], key.environment);
  demo.answer(...answers);
  const answer = await host.ask('login', { nonce }, { origin: demo.origin, topOrigin: demo.origin, gesture: true });
  await host.close();
  return answer;
}

test('an annual inspection: read, written, stamped, and no try of the PIN spent', async (t) => {
  const { key, demo, authorise } = await table(t);
  const before = key.pin();
  demo.sealferry('keys', '--json');
  demo.sealferry('doctor', '--json');
  const old = holding(demo);
  const authorisation = await authorise();
  assert.deepEqual(key.pin(), before, 'reading and status show the key no PIN');

  const receipt = carryOut(demo, authorisation);
  assert.ok(receipt.length > 1000);
  const now = holding(demo);
  assert.notDeepEqual(now.seals, old.seals);
  assert.notDeepEqual(now.signing, old.signing);
  assert.deepEqual(now.encryption, old.encryption);
  assert.equal(now.pending, null);

  const { result } = await login(t, { demo, key }, rightPin);
  assert.ok(result);
  const out = join(demo.folder, 'stamped');
  mkdirSync(out);
  demo.answer(rightPin);
  const report = JSON.parse(demo.sealferry('test-stamp', '--out', out, '--json'));
  assert.equal(report.report.verdict, 'valid');
  assert.deepEqual({ tries: key.pin().tries, wrong: key.pin().wrong }, { tries: 3, wrong: 0 });
});

test('each wrong PIN that is typed counts once, and nothing else does', async (t) => {
  const { key, demo, authorise } = await table(t);
  const authorisation = await authorise();
  assert.throws(() => carryOut(demo, authorisation, 'accept', wrongPin, 'cancel'));
  assert.deepEqual({ tries: key.pin().tries, wrong: key.pin().wrong }, { tries: 2, wrong: 1 });
  read(demo);
  demo.sealferry('doctor', '--json');
  demo.sealferry('keys', '--json');
  assert.equal(key.pin().wrong, 1);
  carryOut(demo, authorisation, 'accept', wrongPin, 'accept', rightPin, rightPin);
  const { tries, wrong } = key.pin();
  assert.deepEqual({ tries, wrong }, { tries: 3, wrong: 2 });
});

test('the PIN is changed, and the old one is wrong then', async (t) => {
  const { key, demo } = await table(t);
  demo.answer('pin 123456', 'pin 739164', 'pin 739164'); // not one that everybody knows: those are refused
  demo.sealferry('pin');
  assert.equal(key.pin().wrong, 0);
  const { error } = await login(t, { demo, key }, rightPin, 'cancel');
  assert.equal(error.data.name, 'pin_incorrect');
  assert.equal(key.pin().wrong, 1);
  assert.ok((await login(t, { demo, key }, 'pin 739164')).result);
  assert.deepEqual({ tries: key.pin().tries, wrong: key.pin().wrong }, { tries: 3, wrong: 1 });
});

test('pulled in the middle of the order; put back, the same order finishes', async (t) => {
  const { key, demo, authorise } = await table(t);
  const authorisation = await authorise();
  const old = holding(demo);
  for (const command of [150, 200]) {
    await key.control(`unplug after ${command}`);
    assert.throws(() => carryOut(demo, authorisation));
    await key.pulled();
    await key.control();
    await key.plug();
    const now = holding(demo);
    assert.ok(JSON.stringify(now.seals) === JSON.stringify(old.seals) || now.signing[0].sha256 !== old.signing[0].sha256);
  }
  carryOut(demo, authorisation);
  assert.equal(holding(demo).pending, null);
  assert.notDeepEqual(holding(demo).seals, old.seals);
  assert.equal(key.pin().wrong, 0);
});
