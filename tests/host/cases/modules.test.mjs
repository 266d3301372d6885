// SPDX-License-Identifier: Apache-2.0
// What the self-check says of drivers: each by itself, with its reason; a broken one hides no other.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FakeKey, fakeModule } from '../support/fake-key.mjs';
import { Host, bin, folder, policy } from '../support/host.mjs';

const site = 'http://localhost:8000';
const module = (path) => ({ kind: 'pkcs11', path });

/** The same library with the mark of a 32-bit one of another processor's in its header. */
function thirtyTwoBits(at) {
  const bytes = Buffer.from(readFileSync(fakeModule));
  bytes[4] = 1; // EI_CLASS = ELFCLASS32
  bytes.writeUInt16LE(3, 18); // e_machine = EM_386
  writeFileSync(join(at, 'vendor32.so'), bytes);
  return join(at, 'vendor32.so');
}

/** One that needs a library nobody has. */
function needy(at) {
  const bytes = Buffer.from(readFileSync(fakeModule));
  for (let i = bytes.indexOf('libcrypto.so.3'); i >= 0; i = bytes.indexOf('libcrypto.so.3', i)) bytes.write('libvendor.so.3', i);
  writeFileSync(join(at, 'needy.so'), bytes);
  return join(at, 'needy.so');
}

async function statusOf(t, at, modules, environment, development = {}) {
  const host = new Host(t, ['--config', policy(at, { modules, trustedSites: [site], development })], environment);
  return { host, status: (await host.ask('status')).result };
}

test('each driver with version, bits, slots and time; a broken one by its reason, and the others work', async (t) => {
  const at = folder(t);
  const key = new FakeKey(at);
  writeFileSync(join(at, 'text.so'), 'no library\n');
  writeFileSync(join(at, 'half.so'), readFileSync(fakeModule).subarray(0, 4096));
  const libc = process.report.getReport().sharedObjects.find((path) => /libc\.so/.test(path));
  const broken = [[join(at, 'missing.so'), 'notFound', null], [join(at, 'text.so'), 'notALibrary', null], [thirtyTwoBits(at), 'wrongBits', 32],
    [at, 'notALibrary', null], [needy(at), 'notLoadable', 64], [libc, 'notAModule', 64], [join(at, 'half.so'), undefined, 64]];
  const { host, status } = await statusOf(t, at, [...broken.map(([path]) => module(path)), key.module], key.environment);
  broken.forEach(([path, reason, bits], i) => {
    const { error, reason: said, bits: told } = status.modules[i];
    assert.deepEqual([error, said, told], [reason ? 'no_driver' : 'module_crashed', reason, bits], path); // the loader itself crashes on half a file
  });
  const good = status.modules.at(-1);
  assert.deepEqual([good.error, good.version, good.slots, good.bits, good.collisions], [undefined, '1.0', 1, 64, undefined]);
  assert.ok(good.loadMs >= 1 && good.loadMs < 5000);
  const states = Object.fromEntries(status.layers.map(({ layer, state }) => [layer, state]));
  assert.deepEqual([states.driver, states.key], ['ok', 'ok']);
  assert.equal((await host.ask('readKey')).result.serial, key.serial);
});

test('one that crashes and one that never answers: said, once waited for, and the others go on', { timeout: 60_000 }, async (t) => {
  const at = folder(t);
  const [crashing, hanging, good] = [new FakeKey(at, { name: 'a' }), new FakeKey(at, { name: 'b' }), new FakeKey(at, { name: 'c', serial: 'GOOD0001' })];
  crashing.script(...Array.from({ length: 9 }, (_, i) => `C_GetInfo ${i + 1} crash`), 'C_GetSlotList 1 crash');
  hanging.script('C_GetInfo 1 hang', 'C_GetSlotList 1 hang');
  const modules = [crashing, hanging, good].map((key, i) => {
    // Three vendors: each copy of the module finds its key by its own name.
    const path = join(at, `vendor${i}.so`);
    copyFileSync(fakeModule, path);
    symlinkSync(key.folder, `${path}.key`);
    return module(path);
  });
  const { host, status } = await statusOf(t, at, modules, {}, { callMilliseconds: 2000 });
  assert.deepEqual(status.modules.map(({ error }) => error), ['module_crashed', 'module_hung', undefined]);
  assert.equal(status.keys[0].serial, good.serial);
  const began = Date.now();
  assert.equal((await host.ask('readKey')).result.serial, good.serial);
  assert.equal((await host.ask('listKeys')).result.keys.length, 1);
  assert.ok(Date.now() - began < 1500, 'the one that hung is not waited for again');
});

test('two drivers that see one stick, and one file under two names: one key, and the collision is told', async (t) => {
  const at = folder(t);
  const key = new FakeKey(at);
  const [other, link] = [join(at, 'other.so'), join(at, 'link.so')];
  copyFileSync(fakeModule, other);
  const twin = new FakeKey(at, { name: 'twin', serial: 'TWIN0001' }); // the same stick under the other's serial
  spawnSync('rm', ['-r', join(twin.folder, 'objects')]);
  spawnSync('cp', ['-r', join(key.folder, 'objects'), twin.folder]);
  symlinkSync(twin.folder, `${other}.key`);
  symlinkSync(fakeModule, link);
  const { host, status } = await statusOf(t, at, [key.module, module(other), module(link)], key.environment);
  const sorted = (paths) => [...paths].sort();
  assert.deepEqual(status.modules.map(({ collisions }) => sorted(collisions)), [[link, other], [fakeModule, link], [fakeModule, other]].map(sorted));
  assert.equal(status.keys.length, 1);
  assert.equal((await host.ask('readKey')).result.serial, key.serial); // not several_keys
  const doctor = spawnSync(join(bin, 'sealferry'), ['--config', join(at, 'policy.json'), 'doctor'], { env: { ...process.env, ...key.environment } });
  assert.match(doctor.stdout.toString(), /✓ pkcs11 .*fakemodule\.so, 64 bit, version 1\.0, 1 slots, loaded in \d+ ms\n +! .*(other|link)\.so/);
});

test('the terminal names a 32-bit driver as such', (t) => {
  const at = folder(t);
  policy(at, { modules: [module(thirtyTwoBits(at))] });
  const { stdout, status } = spawnSync(join(bin, 'sealferry'), ['--config', join(at, 'policy.json'), 'doctor']);
  assert.equal(status, 1);
  assert.match(stdout.toString(), /✗ pkcs11 .*vendor32\.so, 32 bit\n.*SF-200.*wrongBits/);
});
