// SPDX-License-Identifier: Apache-2.0
// Seals where a vendor's tools look for them: policy names the profile, readKey tells it, and what no profile explains is never
// written. The vendor's side is OpenSC's tool over SoftHSM, which knows nothing of us.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { softKey } from '../../browser/support/key.mjs';
import { Host, bin, folder, policy, root } from '../support/host.mjs';
import { KeyWithSeal, pin } from '../support/key-with-seal.mjs';

const site = 'http://localhost:8000';
const profiles = [join(root, 'tests', 'profiles', '*.json')];
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(60, 7)]);

/** A vendor's tool on the same key. */
class Vendor {
  constructor(at, key) {
    Object.assign(this, { at, key });
  }

  #tool(...args) {
    return spawnSync('pkcs11-tool', ['--module', this.key.module.path, '--login', '--pin', pin, '--type', 'data', ...args],
      { env: { ...process.env, ...this.key.environment } }).status === 0;
  }

  read(label) {
    const file = join(this.at, 'vendor-read');
    return this.#tool('--read-object', '--label', label, '--output-file', file) ? readFileSync(file) : null;
  }

  write(label, content) {
    const file = join(this.at, 'vendor-write');
    writeFileSync(file, content);
    assert.ok(this.#tool('--write-object', file, '--label', label));
  }
}

function setUp(t) {
  const at = folder(t);
  const key = new KeyWithSeal(at, softKey(at, { label: 'PROFILES', pin }), site);
  const vendor = new Vendor(at, key.key);
  const start = (names) => {
    const whole = key.policy();
    if (names) whole.modules = [{ ...whole.modules[0], profiles: names }];
    const file = policy(at, { ...whole, profiles });
    return Object.assign(new Host(t, ['--config', file], key.key.environment), { file });
  };
  const agree = () => writeFileSync(join(at, 'prompt'), `accept\npin ${pin}\n`);
  const questions = () => (existsSync(join(at, 'prompt.log')) ? readFileSync(join(at, 'prompt.log'), 'utf8').trim().split('\n').length : 0);
  const read = async (host) => (await host.ask('readKey')).result;
  const write = async (host) => {
    agree();
    return host.ask('writeSeal', key.order());
  };
  return { at, key, vendor, start, questions, read, write };
}

test('policy names a profile that keeps the seal: it goes there, and nowhere else', { timeout: 120_000 }, async (t) => {
  const { key, vendor, start, read, write } = setUp(t);
  const host = start(['test-der']);
  const before = await read(host);
  key.learn(before);
  assert.deepEqual([before.seals[0].profile, before.layout], [undefined, { profile: 'test-der', writable: true }]);
  for (const slot of ['SEAL1', 'SEAL1']) {
    const { result, error } = await write(host);
    assert.equal(result?.outcome, 'written', JSON.stringify(error) + host.log);
    const { seals, advice } = await read(host);
    assert.deepEqual(seals.map(({ id, sha256, profile, verdict }) => [id, sha256, profile, verdict.verdict]), [[key.id, key.held, 'test-der', 'valid']]);
    assert.equal(advice.reason, result.after.advice.reason);
    const file = vendor.read(slot);
    assert.ok(key.seals.some((seal) => file.equals(seal)), "the vendor's tool finds the seal itself");
  }
  writeFileSync(join(key.folder, 'prompt'), `accept\npin ${pin}\n`);
  const { result, error } = await host.ask('testStamp');
  assert.equal(result?.report.verdict, 'valid', JSON.stringify(error) + host.log);
});

test('policy names a profile that keeps pictures: the seal stays with us, its picture goes there', { timeout: 120_000 }, async (t) => {
  const { key, vendor, start, read, write } = setUp(t);
  const host = start(['test-sealinfos']);
  key.learn(await read(host));
  for (const round of [1, 2]) {
    const { result, error } = await write(host);
    assert.equal(result?.outcome, 'written', JSON.stringify(error) + host.log);
    const { seals } = await read(host);
    assert.deepEqual(seals.map(({ id, sha256, profile, type, verdict }) => [id, sha256, profile, typeof type, verdict.verdict]),
      [[key.id, key.held, 'test-sealinfos', 'number', 'valid']], `round ${round}: one seal, not a seal and a picture`);
    const xml = new TextDecoder('gbk').decode(vendor.read('SEALINFO.XML'));
    assert.equal(xml.match(/<sealinfo>/g).length, 1);
    assert.ok(xml.includes(`<sealname>${seals[0].name}</sealname>`), xml.slice(0, 200));
    assert.ok(xml.includes(`<sealdata>${seals[0].picture.data}</sealdata>`));
    assert.ok(xml.includes(`<sealwidth>${(seals[0].widthMm / 10).toFixed(2)}</sealwidth>`));
  }
});

test('a profile that policy does not name: read, and refused before any window', { timeout: 120_000 }, async (t) => {
  const { key, vendor, start, questions, read, write } = setUp(t);
  const xml = `<sealinfos><sealbaseinfo><username>old</username></sealbaseinfo><sealinfo><sealname>old seal</sealname><sealdata>${png.toString('base64')}</sealdata>` +
    '<sealwidth>4.20</sealwidth><sealhight>4.20</sealhight></sealinfo></sealinfos>';
  vendor.write('SEALINFO.XML', xml);
  const host = start();
  const before = await read(host);
  key.learn({ ...before, seals: before.seals.filter(({ type }) => type !== 'picture') });
  assert.deepEqual(before.layout, { profile: null, writable: false, reason: 'notNamed' });
  const picture = before.seals.find(({ type }) => type === 'picture');
  assert.deepEqual([picture.id, picture.name, picture.profile, picture.widthMm, picture.verdict.verdict, picture.verdict.notes, picture.certificateMatches],
    ['test-sealinfos/SEALINFO.XML', 'old seal', 'test-sealinfos', 42, 'unreadable', ['pictureOnly'], false]);
  assert.equal(before.advice.reason, (await read(host)).advice.reason);
  assert.notEqual(before.advice.reason, 'sealUnreadable', 'a picture does not spoil the seal beside it');
  const { error } = await write(host);
  assert.deepEqual([error?.data.name, error?.data.detail], ['layout_unknown', { reason: 'notNamed' }]);
  assert.equal(questions(), 0, 'no window was opened');
  assert.equal(vendor.read('SEALINFO.XML').toString(), xml);
  const { result } = await host.ask('status');
  const layer = result.layers.find(({ layer: name }) => name === 'seal');
  assert.deepEqual([layer.state, layer.error, layer.detail], ['warning', 'layout_unknown', { reason: 'notNamed' }]);
});

test('something like a seal that no profile explains: the key is read, and never written', { timeout: 120_000 }, async (t) => {
  const { key, vendor, start, questions, read, write } = setUp(t);
  vendor.write('VENDORPIC', png);
  const host = start(['test-der']);
  const before = await read(host);
  key.learn(before);
  assert.deepEqual([before.seals.length, before.layout], [1, { profile: 'test-der', writable: false, reason: 'unexplained' }]);
  const { error } = await write(host);
  assert.deepEqual([error?.data.name, error?.data.detail], ['layout_unknown', { reason: 'unexplained' }]);
  assert.equal(questions(), 0, 'no window was opened');
  assert.equal(vendor.read('SEAL1'), null);
  assert.deepEqual((await read(host)).seals.map(({ sha256 }) => sha256), before.seals.map(({ sha256 }) => sha256));
});

test('the terminal tells the profile too', { timeout: 120_000 }, async (t) => {
  const { key, start, read, write } = setUp(t);
  const host = start(['test-base64']);
  key.learn(await read(host));
  assert.equal((await write(host)).result?.outcome, 'written', host.log);
  const out = execFileSync(join(bin, 'sealferry'), ['--config', host.file, 'read'], { env: { ...process.env, ...key.key.environment } }).toString();
  assert.match(out, /layout:\n +profile: test-base64\n +writable: true/);
  assert.match(out, /seals:[^]*profile: test-base64/);
});

test('a profile that is broken: nothing is trusted, and doctor can say why', async (t) => {
  const at = folder(t);
  writeFileSync(join(at, 'broken.json'), '{"profile":"x","place":"SEAL","encoding":"der","colour":"red"}');
  const host = new Host(t, ['--config', policy(at, { trustedSites: [site], profiles: [join(at, '*.json')] })]);
  const { result } = await host.ask('status');
  assert.equal(result.site.trustedBy, null);
  assert.equal(result.layers.find(({ layer }) => layer === 'policy').state, 'error');
});
