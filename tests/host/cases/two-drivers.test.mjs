// SPDX-License-Identifier: Apache-2.0
// A driver that fails beside one that works: it takes nothing from the other's keys, neither their news nor their time.
import assert from 'node:assert/strict';
import { copyFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as after } from 'node:timers/promises';
import { FakeKey, fakeModule } from '../support/fake-key.mjs';
import { Host, folder, policy } from '../support/host.mjs';

const site = 'http://localhost:8000';
const soon = 9000; // ms; nothing watches these drivers, and they are asked every few seconds only while one of them fails
const over = (call, how, times = 50) => Array.from({ length: times }, (_, i) => `${call} ${i + 1} ${how}`);

/** Two vendors: each copy of the module finds its key by its own name. */
function vendor(at, name, serial) {
  const key = new FakeKey(at, { name, serial });
  const path = join(at, `${name}.so`);
  copyFileSync(fakeModule, path);
  symlinkSync(key.folder, `${path}.key`);
  key.module = { kind: 'pkcs11', path };
  return key;
}

function start(t, at, modules, callMilliseconds = 2000) {
  const host = new Host(t, ['--config', policy(at, { modules, trustedSites: [site], development: { callMilliseconds } })]);
  host.news = async () => {
    for (const end = Date.now() + soon; host.notes.length === 0; await after(2)) assert.ok(Date.now() < end, `no news in time; log: ${host.log}`);
    const { method, params } = host.notes.shift();
    return [method, params.serial];
  };
  host.error = async (method, params) => (await host.ask(method, params)).error?.data.name;
  return host;
}

async function comesAndGoes(host, key) {
  key.pull();
  assert.deepEqual(await host.news(), ['keyRemoved', key.serial]);
  key.plug();
  assert.deepEqual(await host.news(), ['keyInserted', key.serial]);
  assert.equal((await host.ask('readKey', { serial: key.serial })).result?.serial, key.serial);
}

test('one that is not installed: keys come and go, and without any there is none', async (t) => {
  const at = folder(t);
  const key = vendor(at, 'good', 'GOOD0001');
  key.pull();
  const host = start(t, at, [key.module, { kind: 'pkcs11', path: join(at, 'missing.so') }]);
  await host.ask('subscribe', { events: true });
  assert.deepEqual((await host.ask('listKeys')).result, { keys: [] });
  assert.equal(await host.error('readKey'), 'no_key');
  key.plug();
  assert.deepEqual(await host.news(), ['keyInserted', key.serial]);
  await comesAndGoes(host, key);
});

for (const [how, failure] of [['hang', 'module_hung'], ['crash', 'module_crashed']])
  test(`one that will ${how} from some moment on: the other's keys come and go, and its own are not said to have gone`, { timeout: 60_000 }, async (t) => {
    const at = folder(t);
    const [good, bad] = [vendor(at, 'good', 'GOOD0001'), vendor(at, 'bad', 'BAD00001')];
    const host = start(t, at, [bad.module, good.module]);
    await host.ask('subscribe', { events: true });
    assert.equal((await host.ask('listKeys')).result.keys.length, 2);
    bad.script(...over('C_GetSlotList', how));
    await comesAndGoes(host, good);
    assert.equal(await host.error('readKey', { serial: bad.serial }), failure); // not no_key
    assert.deepEqual(host.notes, []);
  });

test('one that had failed when the page began to listen: its keys come and go once it works', async (t) => {
  const at = folder(t);
  const key = vendor(at, 'good', 'GOOD0001');
  key.script('C_GetInfo 1 crash', 'C_GetSlotList 1 crash');
  const host = start(t, at, [key.module]);
  await host.ask('subscribe', { events: true });
  key.script();
  key.pull();
  for (const end = Date.now() + soon; host.notes.length === 0 && (await host.error('readKey')) !== 'no_key'; await after(20)) assert.ok(Date.now() < end);
  host.notes.length = 0;
  key.plug();
  assert.deepEqual(await host.news(), ['keyInserted', key.serial]);
  await comesAndGoes(host, key);
});

test('one that hangs when its key is opened costs its deadline once', { timeout: 60_000 }, async (t) => {
  const at = folder(t);
  const [good, bad] = [vendor(at, 'good', 'GOOD0001'), vendor(at, 'bad', 'BAD00001')];
  bad.script(...over('C_OpenSession', 'hang'));
  const host = start(t, at, [good.module, bad.module], 4000);
  await host.ask('readKey', { serial: good.serial });
  const began = Date.now();
  for (let i = 0; i < 3; ++i) assert.equal((await host.ask('readKey', { serial: good.serial })).result?.serial, good.serial);
  assert.deepEqual((await host.ask('listKeys')).result.keys.map(({ serial }) => serial), [good.serial]);
  assert.ok(Date.now() - began < 3000, `${Date.now() - began} ms`);
  assert.equal(await host.error('readKey', { serial: bad.serial }), 'module_hung');
});

test('one that hangs when a session is closed: the answer does not wait for it', async (t) => {
  const at = folder(t);
  const key = vendor(at, 'good', 'GOOD0001');
  const host = start(t, at, [key.module], 8000);
  for (let i = 0; i < 2; ++i) {
    key.script(`C_CloseSession ${i === 0 ? 2 : 3} hang`); // the first is the probe's
    const began = Date.now();
    assert.equal((await host.ask('readKey')).result?.serial, key.serial);
    assert.ok(Date.now() - began < 6000, `${Date.now() - began} ms`);
  }
});
