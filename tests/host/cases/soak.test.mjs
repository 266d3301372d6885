// SPDX-License-Identifier: Apache-2.0
// Over and over: keys that are plugged in, read and pulled, and seals that are written. Memory and descriptors of host and
// worker stay where they were once all had been done a few times. A thousand rounds under --full.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as after } from 'node:timers/promises';
import { softKey } from '../../browser/support/key.mjs';
import { FakeKey as EmptyKey } from '../../portal/support/fake-key.mjs';
import { FakeKey } from '../support/fake-key.mjs';
import { Host, folder, policy } from '../support/host.mjs';
import { KeyWithSeal, pin } from '../support/key-with-seal.mjs';
import { commandOf, family, holding } from '../support/processes.mjs';

const site = 'http://localhost:8000';
const rounds = process.env.SEALFERRY_FULL ? 1000 : 50;
const warmUp = rounds / 10;
const patience = 600_000 + 3000 * rounds; // on a machine with other work a round of writing takes more than a second
const skip = (process.env.SEALFERRY_BUILD ?? '').includes('asan') ? 'sanitizers keep memory of their own' : false;

/** Host, worker and watch, by what they are; once a worker that was let go has gone. */
async function figures(host, processes) {
  for (const end = Date.now() + 5000; family(host.process.pid).length !== processes; await after(20)) assert.ok(Date.now() < end, 'a process is left');
  return Object.fromEntries(family(host.process.pid).map((pid) => [commandOf(pid).slice(0, 2).map((word) => word.split('/').at(-1)).join(' '), holding(pid)]));
}

/** What may come and go: an allocator's spare pages. A leak of 200 bytes a round would be twice that in a thousand. */
const mostGrowth = 200 + rounds / 10; // KiB

function expectFlat(t, before, now, what, allowance) {
  const line = Object.keys(now).map((name) => `${name}: ${before[name]?.pss} -> ${now[name].pss} KiB (own ${before[name]?.own} -> ${now[name].own}), ${before[name]?.descriptors} -> ${now[name].descriptors} descriptors`);
  t.diagnostic(`${what}, ${rounds} rounds after ${warmUp}: ${line.join('; ')}`);
  assert.deepEqual(Object.keys(now).sort(), Object.keys(before).sort());
  for (const [name, { own, descriptors }] of Object.entries(now)) {
    // One or two may just be open at either look; a leak would be one a round.
    assert.ok(descriptors <= before[name].descriptors + 2, `${name}: ${before[name].descriptors} -> ${descriptors} descriptors`);
    assert.ok(own - before[name].own <= (allowance[name] ?? mostGrowth), `${name} grew by ${own - before[name].own} KiB`);
  }
}

async function measured(t, host, what, once, { processes = 2, allowance = {} } = {}) {
  for (let i = 0; i < warmUp; ++i) await once();
  const before = await figures(host, processes);
  for (let i = 0; i < rounds; ++i) await once();
  expectFlat(t, before, await figures(host, processes), what, allowance);
}

test('plugged in, read, pulled', { skip, timeout: patience }, async (t) => {
  const at = folder(t);
  const key = new FakeKey(at);
  key.put('events');
  const host = new Host(t, ['--config', policy(at, { modules: [{ ...key.module, events: 'module' }], trustedSites: [site] })], key.environment);
  await host.ask('subscribe', { events: true });
  await host.ask('listKeys');
  const news = async (method) => {
    for (const end = Date.now() + 5000; host.notes.length === 0; await after(1)) assert.ok(Date.now() < end, `no ${method}`);
    assert.equal(host.notes.shift().method, method);
  };
  await measured(t, host, 'fake module: remove, insert, read', async () => {
    key.pull();
    await news('keyRemoved');
    key.plug();
    await news('keyInserted');
    const { result } = await host.ask('readKey');
    assert.equal(result.certificates.length, 1);
    await after(100); // a watch that is told of keys much faster takes its driver for one that does not wait
  }, { processes: 3 });
});

// SoftHSM keeps in memory what was destroyed; the same worker over the fake module does not grow.
const ofSoftHsm = { 'sealferry-token pkcs11': 200 + 8 * rounds };

for (const [name, make, allowance] of [['fake module', (at) => new EmptyKey(at), {}], ['SoftHSM', (at) => softKey(at, { label: 'SOAK', pin }), ofSoftHsm]]) {
  test(`seals written over and over: ${name}`, { skip, timeout: patience }, async (t) => {
    const at = folder(t);
    const key = new KeyWithSeal(at, make(at), site);
    const host = new Host(t, ['--config', policy(at, key.policy())], key.key.environment);
    const first = (await host.ask('readKey')).result;
    key.learn(first);
    await measured(t, host, `${name}: seals written`, async () => {
      writeFileSync(join(at, 'prompt'), `accept\npin ${pin}\n`);
      const { result, error } = await host.ask('writeSeal', key.order());
      assert.equal(result?.outcome, 'written', JSON.stringify(error) + host.log);
      assert.deepEqual(result.after.seals.map(({ sha256 }) => sha256), [key.held]);
    }, { allowance });
    const last = (await host.ask('readKey')).result;
    const sorted = ({ certificates }) => certificates.map(({ sha256 }) => sha256).sort(); // SoftHSM lists in any order
    assert.deepEqual(sorted(last), sorted(first));
    if (first.room) assert.ok(Math.abs(last.room.free - first.room.free) < 500, `${first.room.free} -> ${last.room.free} bytes free`);
  });
}
