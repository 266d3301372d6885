// SPDX-License-Identifier: Apache-2.0
// What happens around the PIN: no try is spent that the user did not type, and each warning comes in time.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FakeKey } from '../support/fake-key.mjs';
import { Host, folder, policy } from '../support/host.mjs';

const nonce = Buffer.alloc(32, 7).toString('base64');
const site = 'http://localhost:8000';
const right = '475869';

function setUp(t) {
  const at = folder(t);
  const key = new FakeKey(at, { pin: right });
  const file = policy(at, { modules: [key.module], trustedSites: [site], helpline: '400-000' });
  const answers = (...lines) => writeFileSync(join(at, 'prompt'), lines.map((line) => `${line}\n`).join(''));
  const questions = () => (existsSync(join(at, 'prompt.log')) ? readFileSync(join(at, 'prompt.log'), 'utf8').trim().split('\n') : []);
  const start = () => new Host(t, ['--config', file], key.environment);
  return { at, key, answers, questions, start };
}

test('on a key that tells nothing, our own count asks before the third try, also in the next process', async (t) => {
  const { at, key, answers, questions, start } = setUp(t);
  key.put('quiet');
  answers('pin 1357', 'cancel');
  const first = (await start().ask('login', { nonce })).error;
  assert.deepEqual([first.data.name, key.triesLeft()], ['pin_incorrect', 2]);
  answers('pin 2468', 'refuse');
  const host = start();
  const second = (await host.ask('login', { nonce })).error;
  assert.deepEqual([second.data.name, second.data.detail.last, key.triesLeft()], ['pin_incorrect', 'true', 1]);
  assert.match(questions().at(-1), /^confirm: .*只剩最后一次.*400-000/);
  answers('refuse'); // not sure: nothing is spent
  assert.equal((await start().ask('login', { nonce })).error.data.name, 'cancelled');
  assert.equal(key.triesLeft(), 1);
  const state = join(at, 'user', 'state', 'pin-failures');
  assert.equal(statSync(state).mode & 0o777, 0o600);
  assert.match(readFileSync(state, 'utf8'), /^[0-9a-f]{64} 2\n$/);
  answers('accept', `pin ${right}`);
  assert.ok((await start().ask('login', { nonce })).result.message);
  assert.equal(key.triesLeft(), 3);
  assert.equal(readFileSync(state, 'utf8'), ''); // forgotten with the right PIN
  answers(`pin ${right}`);
  const asked = questions().length;
  assert.ok((await start().ask('login', { nonce })).result.message);
  assert.equal(questions().length, asked + 1); // and no warning any more
});

test("a key that was low before our first try: another's wrong PIN counts", async (t) => {
  const { key, answers, questions, start } = setUp(t);
  key.put('tries', '2');
  answers('pin 1357', 'refuse');
  const { error } = await start().ask('login', { nonce });
  assert.equal(error.data.name, 'pin_incorrect');
  assert.match(questions()[0], /上次密码输错过/);
  assert.match(questions().at(-1), /只剩最后一次/);
  assert.equal(key.triesLeft(), 1);
});

test("the flags are read anew: another program's wrong tries are warned of, and a key it locked is not tried", async (t) => {
  const { key, answers, questions, start } = setUp(t);
  const host = start();
  await host.ask('listKeys');
  key.put('tries', '1');
  answers('refuse');
  assert.equal((await host.ask('login', { nonce })).error.data.name, 'cancelled');
  assert.match(questions().at(-1), /只剩最后一次/);
  key.put('tries', '0');
  answers();
  const before = questions().length;
  for (const [method, params] of [['login', { nonce }], ['changePin', {}]])
    assert.equal((await host.ask(method, params)).error.data.name, 'pin_locked');
  assert.equal(questions().length, before);
  key.put('tries', '3'); // the CA unlocked it
  answers(`pin ${right}`);
  assert.ok((await host.ask('login', { nonce })).result.message);
});

test('the last try locks the key, and says so', async (t) => {
  const { key, answers, start } = setUp(t);
  answers('pin 1357', 'pin 2468', 'accept', 'pin 3579', `pin ${right}`);
  const { error } = await start().ask('login', { nonce });
  assert.deepEqual([error.data.name, error.data.triesLeft, key.triesLeft()], ['pin_locked', 0, 0]);
});

test('a PIN that has to be changed: no window, no try; changing it opens the way', async (t) => {
  const { key, answers, questions, start } = setUp(t);
  key.put('mustchange');
  const host = start();
  assert.equal((await host.ask('readKey')).result.pin.state, 'mustChange');
  assert.equal((await host.ask('login', { nonce })).error.data.name, 'pin_must_change');
  assert.deepEqual([questions(), key.triesLeft()], [[], 3]);
  answers(`pin ${right}`, 'pin 111111', 'pin 123456', 'pin 908172');
  assert.deepEqual((await host.ask('changePin')).result, {});
  assert.equal(key.get('pin'), '908172');
  assert.match(questions().at(-1), /太简单/);
  answers('pin 908172');
  assert.ok((await host.ask('login', { nonce })).result.message);
});

test('a PIN that everybody knows is noticed by the next window, and nowhere else', async (t) => {
  const { at, key, answers, questions, start } = setUp(t);
  key.put('pin', '123456');
  const host = start();
  answers('pin 123456', 'pin 123456');
  await host.ask('login', { nonce });
  assert.doesNotMatch(questions().at(-1), /初始密码/);
  await host.ask('login', { nonce });
  assert.match(questions().at(-1), /常见的初始密码/);
  answers('pin 123456', 'pin 908172', 'pin 908172');
  assert.deepEqual((await host.ask('changePin')).result, {});
  await host.ask('login', { nonce });
  assert.doesNotMatch(questions().at(-1), /初始密码/);
  assert.ok(!existsSync(join(at, 'user', 'state', 'pin-failures')));
});

test('a key with keys of its own: no field, the window sends the user there', async (t) => {
  const { key, answers, questions, start } = setUp(t);
  key.put('pad', right);
  const host = start();
  answers('accept');
  assert.ok((await host.ask('login', { nonce })).result.message);
  assert.match(questions()[0], /^confirm: .*请在锁上输入密码/);
  assert.deepEqual(host.notes.map((note) => note.params.what), ['pin', 'closed']);
  answers('refuse');
  assert.equal((await host.ask('login', { nonce })).error.data.name, 'cancelled');
  assert.equal(key.triesLeft(), 3);
  key.put('pad', '1357');
  answers('accept', 'accept', 'refuse');
  const { error } = await host.ask('login', { nonce });
  assert.deepEqual([error.data.name, key.triesLeft()], ['pin_incorrect', 1]);
  assert.match(questions().at(-2), /密码不正确/);
  assert.match(questions().at(-1), /只剩最后一次/);
  key.put('pad', `${right} 908172`);
  answers('accept', 'accept');
  assert.deepEqual((await host.ask('changePin')).result, {});
  assert.deepEqual([key.get('pin'), key.triesLeft()], ['908172', 3]);
});

test('neither PIN nor serial reaches the log', async (t) => {
  const { answers, start } = setUp(t);
  const host = start();
  answers('pin 97531X', 'cancel');
  await host.ask('login', { nonce });
  await host.close();
  assert.doesNotMatch(host.log, /97531X|FAKE0000|建设/);
  assert.match(host.log, /pin_incorrect/);
});
