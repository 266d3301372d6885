// SPDX-License-Identifier: Apache-2.0
// One key, many callers: two browsers, and the terminal. The second is told who has it, before any window opens.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as after } from 'node:timers/promises';
import { FakeKey } from '../support/fake-key.mjs';
import { Host, bin, folder, policy } from '../support/host.mjs';

const nonce = Buffer.alloc(32, 7).toString('base64');
const site = 'http://localhost:8000';
const right = '475869';

function setUp(t) {
  const at = folder(t);
  const key = new FakeKey(at, { pin: right });
  const program = (name, ...answers) => {
    const prompt = join(at, name);
    writeFileSync(prompt, answers.map((line) => `${line}\n`).join(''));
    const file = policy(at, { modules: [key.module], trustedSites: [site], development: { prompt } });
    const own = `${file}.${name}`;
    writeFileSync(own, readFileSync(file));
    return { file: own, questions: () => (existsSync(`${prompt}.log`) ? readFileSync(`${prompt}.log`, 'utf8').trim().split('\n') : []) };
  };
  const host = (name, ...answers) => {
    const { file, questions } = program(name, ...answers);
    return Object.assign(new Host(t, ['--config', file], key.environment), { questions });
  };
  const terminal = (name, words, ...answers) => {
    const { file, questions } = program(name, ...answers);
    const child = spawn(join(bin, 'sealferry'), ['--config', file, ...words], { env: { ...process.env, ...key.environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    child.stdout.on('data', (data) => (out += data));
    t.after(() => child.kill('SIGKILL'));
    return { child, questions, ended: new Promise((resolve) => child.on('close', (code) => resolve({ code, out }))) };
  };
  return { key, host, terminal };
}

async function until(holds) {
  for (const end = Date.now() + 10_000; !holds(); await after(10)) assert.ok(Date.now() < end, 'it never came so far');
}

test('two browsers: the second is refused at once, without a window, and told the kind of program only', async (t) => {
  const { key, host } = setUp(t);
  const first = host('first', 'wait');
  const pending = first.ask('login', { nonce }).catch(() => {});
  await until(() => first.questions().length > 0);
  const second = host('second', `pin ${right}`);
  for (const [method, params] of [['login', { nonce }], ['changePin', {}]]) {
    const { error } = await second.ask(method, params);
    assert.equal(error.data.name, 'key_busy');
    assert.deepEqual(error.data.detail, { holder: 'browser' }); // node is no browser it knows
    assert.equal(error.data.retry, true);
  }
  assert.deepEqual(second.questions(), []);
  assert.equal((await second.ask('readKey')).result.serial, key.serial); // reading is free
  await first.close();
  await pending;
  assert.ok((await second.ask('login', { nonce })).result.message);
});

test('the terminal and a browser: each is told of the other; the terminal also which process, since when', async (t) => {
  const { key, host, terminal } = setUp(t);
  const first = host('first', 'wait');
  const pending = first.ask('login', { nonce }).catch(() => {});
  await until(() => first.questions().length > 0);
  const refused = await terminal('terminal', ['pin', '--json']).ended;
  const { error } = JSON.parse(refused.out);
  assert.deepEqual([refused.code, error.name, error.detail.holder, error.detail.holderPid], [1, 'key_busy', 'browser', String(process.pid)]);
  assert.ok(Math.abs(Date.parse(error.detail.holderSince) - Date.now()) < 60_000);
  await first.close();
  await pending;
  const waiting = terminal('waiting', ['pin'], 'wait');
  await until(() => waiting.questions().length > 0);
  const second = host('second', `pin ${right}`);
  assert.deepEqual((await second.ask('login', { nonce })).error.data.detail, { holder: 'sealferry' });
  assert.equal(key.triesLeft(), 3);
  waiting.child.kill('SIGKILL'); // the holder dies: the key is free
  await waiting.ended;
  const began = Date.now();
  assert.ok((await second.ask('login', { nonce })).result.message);
  assert.ok(Date.now() - began < 5000);
});

test('what one call needed is given back with it', async (t) => {
  const { host } = setUp(t);
  const [one, two] = [host('one', ...Array(5).fill(`pin ${right}`)), host('two', ...Array(5).fill(`pin ${right}`))];
  for (let i = 0; i < 5; ++i)
    for (const each of [one, two]) assert.ok((await each.ask('login', { nonce })).result.message);
});
