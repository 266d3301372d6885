// SPDX-License-Identifier: Apache-2.0
// One stick that two drivers see, PKCS#11 and SKF, known by its signing certificate: shown once, locked once, and an order goes
// through one of them.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { SoftKey } from '../../portal/support/soft-key.mjs';
import { derOf } from '../../portal/support/forge.mjs';
import { FakeKey } from '../support/fake-key.mjs';
import { Host, folder, policy } from '../support/host.mjs';
import { KeyWithSeal, pin } from '../support/key-with-seal.mjs';
import { family } from '../support/processes.mjs';

const site = 'http://localhost:8000';
const nonce = Buffer.alloc(32, 7).toString('base64');

/** A soft SKF key with a seal, and the fake PKCS#11 module showing the same certificate under another serial number. */
async function setUp(t) {
  const at = folder(t);
  const skf = new SoftKey(at);
  const key = new KeyWithSeal(at, skf, site, 'sm2');
  const lone = policy(at, key.policy());
  const host = new Host(t, ['--config', lone], skf.environment);
  key.learn((await host.ask('readKey')).result);
  await host.close();
  const der = join(at, 'certificate.der');
  writeFileSync(der, derOf(key.certificate.pem));
  const pkcs11 = new FakeKey(at, { name: 'fake', serial: 'P11-4711', pin, certificate: der });
  const environment = { ...skf.environment, ...pkcs11.environment };
  let configs = 0;
  const start = (...modules) => {
    const prompt = join(at, `prompt${++configs}`);
    const file = policy(at, { ...key.policy(), modules, development: { prompt } });
    const own = `${file}.${configs}`;
    writeFileSync(own, readFileSync(file));
    const one = new Host(t, ['--config', own], environment);
    one.answer = (...lines) => writeFileSync(prompt, lines.map((line) => `${line}\n`).join(''));
    one.answer();
    return one;
  };
  return { skf, pkcs11, key, start };
}

const serials = async (host) => (await host.ask('listKeys')).result.keys.map(({ serial, kind }) => `${kind} ${serial}`);

test('shown once, whichever driver policy names first; the collision is told', async (t) => {
  const { skf, pkcs11, key, start } = await setUp(t);
  for (const modules of [[skf.module, pkcs11.module], [pkcs11.module, skf.module]]) {
    const host = start(...modules);
    assert.deepEqual(await serials(host), [`skf ${key.serial}`]); // where its seals are
    const { result } = await host.ask('readKey');
    assert.deepEqual([result.serial, result.seals.length], [key.serial, 1]);
    const status = (await host.ask('status')).result;
    assert.deepEqual(status.modules.map(({ collisions }) => collisions.length), [1, 1]);
    assert.equal(status.keys.length, 1);
    await host.close();
  }
});

test('an order goes through the driver that has the seals, and nothing is tried or written through the other', async (t) => {
  const { skf, pkcs11, key, start } = await setUp(t);
  const host = start(pkcs11.module, skf.module);
  pkcs11.script('C_Login 1 crash', 'C_CreateObject 1 crash', 'C_SetAttributeValue 1 crash');
  for (let i = 0; i < 2; ++i) {
    host.answer('accept', `pin ${pin}`);
    const { result, error } = await host.ask('writeSeal', key.order());
    assert.equal(result?.outcome, 'written', JSON.stringify(error) + host.log);
    assert.deepEqual(result.after.seals.map(({ sha256 }) => sha256), [key.held]);
  }
  assert.equal(pkcs11.triesLeft(), 3);
  assert.deepEqual(await serials(host), [`skf ${key.serial}`]);
});

test('without seals the first in policy is used; by its own serial number, the other', async (t) => {
  const { skf, pkcs11, key, start } = await setUp(t);
  const host = start(pkcs11.module, skf.module);
  const { result } = await host.ask('readKey', { serial: 'P11-4711' });
  assert.deepEqual([result.kind, result.serial, result.seals.length], ['pkcs11', 'P11-4711', 0]);
  assert.equal((await host.ask('readKey', { serial: 'NEITHER' })).error.data.name, 'no_key');
  await host.close();
  // The seals' files go, as on a stick that is to get its first ones.
  const bare = start(skf.module);
  const held = (await bare.ask('readKey')).result.seals.length;
  assert.equal(held, 1);
  await bare.close();
  for (const name of readdirSync(skf.folder)) if (name.startsWith('fil.')) rmSync(join(skf.folder, name));
  const first = start(pkcs11.module, skf.module), second = start(skf.module, pkcs11.module);
  assert.deepEqual(await serials(first), ['pkcs11 P11-4711']);
  assert.deepEqual(await serials(second), [`skf ${key.serial}`]);
});

test('locked once: who has it through one driver keeps others off it through the other', async (t) => {
  const { skf, pkcs11, start } = await setUp(t);
  const one = start(skf.module), other = start(pkcs11.module), both = start(pkcs11.module, skf.module);
  one.answer('wait');
  const pending = one.ask('login', { nonce }, undefined, 77);
  for (const end = Date.now() + 10_000; !one.notes.some(({ method }) => method === 'prompt'); await new Promise((done) => setTimeout(done, 10))) assert.ok(Date.now() < end);
  for (const host of [other, both]) {
    host.answer(`pin ${pin}`);
    assert.equal((await host.ask('changePin')).error.data.name, 'key_busy');
  }
  assert.equal(pkcs11.triesLeft(), 3);
  await one.ask('cancel', { id: 77 });
  assert.equal((await pending).error.data.name, 'cancelled');
  other.answer(`pin ${pin}`, 'pin 908172');
  assert.deepEqual((await other.ask('changePin')).result, {}); // given back
});

test('a driver that lists the stick and can no longer read it, as when it is just being pulled: still one key', async (t) => {
  const { skf, pkcs11, key, start } = await setUp(t);
  for (const modules of [[skf.module, pkcs11.module], [pkcs11.module, skf.module]]) {
    const host = start(...modules);
    assert.deepEqual(await serials(host), [`skf ${key.serial}`]);
    for (const call of ['C_OpenSession', 'C_FindObjectsInit']) {
      pkcs11.script(`${call} 1 error`);
      assert.deepEqual(await serials(host), [`skf ${key.serial}`], call);
    }
    pkcs11.script();
    await host.close();
  }
});

/** A page that listens: what it is told next, at least `count` events. */
async function listen(host) {
  assert.deepEqual((await host.ask('subscribe', { events: true })).result, {});
  await host.ask('listKeys');
  return async (count = 1) => {
    const told = () => host.notes.filter(({ method }) => method.startsWith('key'));
    for (const end = Date.now() + 5000; told().length < count; await new Promise((done) => setTimeout(done, 10))) assert.ok(Date.now() < end, host.log);
    return host.notes.splice(0).map(({ method, params }) => `${method} ${params.serial}`);
  };
}

test('pulled and put back: told once, and shown once', async (t) => {
  const { skf, pkcs11, key, start } = await setUp(t);
  const host = start(skf.module, pkcs11.module);
  const news = await listen(host);
  pkcs11.pull();
  skf.pull();
  assert.deepEqual(await news(), [`keyRemoved ${key.serial}`]);
  // The driver that is used sees it first here, and last in the next case. A look may have begun before.
  skf.plug();
  pkcs11.plug();
  assert.deepEqual(await news(), [`keyInserted ${key.serial}`]);
  assert.deepEqual(await serials(host), [`skf ${key.serial}`]);
  pkcs11.pull();
  skf.pull();
  assert.deepEqual(await news(), [`keyRemoved ${key.serial}`]); // and nothing since
});

test('the driver that is used sees the stick last: told by its number then, and nobody takes that for a pull', async (t) => {
  const { skf, pkcs11, key, start } = await setUp(t);
  const host = start(skf.module, pkcs11.module);
  const news = await listen(host);
  pkcs11.pull();
  skf.pull();
  assert.deepEqual(await news(), [`keyRemoved ${key.serial}`]);
  pkcs11.plug();
  assert.deepEqual(await news(), ['keyInserted P11-4711']);
  assert.deepEqual(await serials(host), ['pkcs11 P11-4711']);
  const workers = family(host.process.pid);
  skf.plug();
  assert.deepEqual(await news(2), ['keyRemoved P11-4711', `keyInserted ${key.serial}`]); // in this order: the last word is that it is there
  assert.deepEqual(await serials(host), [`skf ${key.serial}`]);
  assert.deepEqual(family(host.process.pid), workers); // a pull would have had the drivers loaded anew
});
