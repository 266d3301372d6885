// SPDX-License-Identifier: Apache-2.0
// A locked PIN is set anew with the PUK and an order of the CA: by nothing else, with no try of the PUK but those typed.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { execFileSync } from 'node:child_process';
import { FakeKey } from '../../portal/support/fake-key.mjs';
import { contentOf, strangerPki } from '../../portal/support/forge.mjs';
import { SoftKey } from '../../portal/support/soft-key.mjs';
import { Host, bin, folder, policy } from '../support/host.mjs';
import { KeyWithSeal, pin } from '../support/key-with-seal.mjs';

const site = 'http://localhost:8000';
const next = '908172';
const nonce = Buffer.alloc(32, 7).toString('base64');

/** A key with certificates and a seal, and a host that has read it. */
async function setUp(t, make = (at) => new FakeKey(at), algorithm = 'rsa') {
  const at = folder(t);
  const made = make(at);
  const key = new KeyWithSeal(at, made, site, algorithm);
  const config = policy(at, { ...key.policy(), helpline: '400-000' });
  const answers = (...lines) => writeFileSync(join(at, 'prompt'), lines.map((line) => `${line}\n`).join(''));
  const questions = () => (existsSync(join(at, 'prompt.log')) ? readFileSync(join(at, 'prompt.log'), 'utf8').trim().split('\n') : []);
  const start = () => new Host(t, ['--config', config], made.environment);
  const host = start();
  key.learn((await host.ask('readKey')).result);
  return { at, key, made, answers, questions, start, host, config };
}

const fake = (made) => ({
  triesLeft: () => Number(made.get('tries') ?? 3),
  pukTriesLeft: () => Number(made.get('so-tries') ?? 3),
  lock: () => made.put('tries', '0'),
  pin: () => made.get('pin'),
});
const puk = '87654321'; // of the fake module

test('a locked key: confirmed, PUK and new PIN typed, signed for by the key', async (t) => {
  const { at, key, made, answers, questions, host } = await setUp(t);
  const state = fake(made);
  state.lock();
  const { pin: before } = (await host.ask('readKey')).result;
  assert.deepEqual(before, { state: 'locked', unblockable: true });
  const order = key.unblockOrder();
  assert.equal((await host.ask('orderState', { order })).result.state, 'none');
  host.notes.length = 0;
  answers('accept', `pin ${puk}`, `pin ${next}`);
  const asked = questions().length;
  const { result, error } = await host.ask('unblockPin', { order });
  assert.equal(result?.outcome, 'unblocked', JSON.stringify(error) + host.log);
  const [confirm, first, second, ...more] = questions().slice(asked);
  assert.match(confirm, /^confirm: http:\/\/localhost:8000 请求解锁（订单 \d+）/);
  assert.match(first, /^pin: .*解锁码（PUK 码或管理员密码）/);
  assert.match(second, /^pin: .*设置新密码/);
  assert.deepEqual(more, []);
  assert.deepEqual(host.notes.filter(({ method }) => method === 'prompt').map(({ params }) => params.what), ['confirm', 'closed', 'puk', 'closed', 'pin', 'closed']);
  assert.deepEqual([state.pin(), state.triesLeft(), state.pukTriesLeft()], [next, 3, 3]);
  assert.deepEqual(result.key.pin, { state: 'ok', unblockable: true });
  const receipt = contentOf(result.receipt), wanted = contentOf(order);
  assert.deepEqual([receipt.type, receipt.operation, receipt.order, receipt.nonce, receipt.key.serial], ['sealferry-receipt', 'unblock', wanted.order, wanted.nonce, key.serial]);
  assert.deepEqual(receipt.before.seals, receipt.after.seals);
  assert.equal((await host.ask('orderState', { order })).result.state, 'done');
  assert.equal(statSync(join(at, 'user', 'state', 'orders-done')).mode & 0o777, 0o600);
  await host.close();
  assert.doesNotMatch(host.log, new RegExp(`${puk}|${next}`));
});

test('the same order again: nothing is set a second time, the key signs the receipt anew', async (t) => {
  const { key, made, answers, questions, start, host } = await setUp(t);
  const state = fake(made);
  state.lock();
  const order = key.unblockOrder();
  answers('accept', `pin ${puk}`, `pin ${next}`);
  const first = (await host.ask('unblockPin', { order })).result;
  const asked = questions().length;
  answers(`pin ${next}`);
  const again = (await start().ask('unblockPin', { order })).result; // another process knows it too
  assert.equal(again.outcome, 'alreadyUnblocked');
  assert.match(questions().at(-1), /请求解锁。.*请输入.*的密码（PIN 码）/);
  assert.equal(questions().length, asked + 1);
  assert.equal(contentOf(again.receipt).nonce, contentOf(first.receipt).nonce);
  state.lock(); // and an old order is no way to unblock the key later
  const { error } = await start().ask('unblockPin', { order });
  assert.equal(error.data.name, 'pin_locked');
  assert.deepEqual([state.triesLeft(), state.pukTriesLeft(), questions().length], [0, 3, asked + 1]);
});

test('orders that are not for this: refused before any window', async (t) => {
  const { key, made, questions, host, at } = await setUp(t);
  const state = fake(made);
  state.lock();
  const past = (minutes) => new Date(Date.now() + minutes * 60_000).toISOString().replace(/\.\d+/, '');
  const refusal = async (order, origin = site) => {
    const { data } = (await host.ask('unblockPin', { order }, { origin, topOrigin: origin })).error;
    return data.detail?.field ? `${data.name} ${data.detail.field}` : data.name;
  };
  const good = key.unblockOrder();
  const seal = { id: key.id, sha256: key.held };
  const write = { seals: [], signCertificateSha256: null, encryptionCertificateSha256: null };
  assert.equal(await refusal(key.unblockOrder({}, strangerPki(at))), 'order_untrusted');
  assert.equal(await refusal(key.unblockOrder({ notBefore: past(-120), notAfter: past(-60) })), 'order_expired');
  assert.equal(await refusal(key.unblockOrder({ notBefore: past(60), notAfter: past(120) })), 'clock_wrong');
  assert.equal(await refusal(key.unblockOrder({ origin: 'https://other.example' })), 'order_mismatch origin');
  assert.equal(await refusal(key.unblockOrder({ key: { serial: 'OTHER', certificateSha256: null } })), 'order_mismatch key.serial');
  assert.equal(await refusal(key.unblockOrder({ key: { serial: key.serial, certificateSha256: 'ab'.repeat(32) } })), 'order_mismatch key.certificateSha256');
  assert.equal(await refusal(key.unblockOrder({ operation: 'annualInspection' })), 'order_mismatch operation');
  assert.equal(await refusal(key.unblockOrder({ write: { ...write, seals: [seal] } })), 'order_mismatch write.seals');
  assert.equal(await refusal(key.unblockOrder({ replaces: [key.held] })), 'order_mismatch replaces');
  const bytes = Buffer.from(good, 'base64');
  bytes[bytes.length - 1] ^= 1;
  assert.equal(await refusal(bytes.toString('base64')), 'order_invalid');
  assert.equal((await host.ask('writeSeal', { order: good, seals: [] })).error.data.detail.field, 'operation'); // nor the other way round
  assert.equal(await refusal(good, 'https://elsewhere.example'), 'origin_not_trusted');
  assert.deepEqual([questions(), state.triesLeft(), state.pukTriesLeft()], [[], 0, 3]);
});

test('a PUK typed wrong: told, asked before the last try, and the new PIN is kept', async (t) => {
  const { key, made, answers, questions, host } = await setUp(t);
  const state = fake(made);
  state.lock();
  answers('accept', 'pin 11112222', `pin ${next}`, 'pin 22223333', 'refuse');
  const asked = questions().length;
  const first = (await host.ask('unblockPin', { order: key.unblockOrder() })).error;
  assert.deepEqual([first.data.name, first.data.triesLeft, first.data.detail.last, state.pukTriesLeft()], ['puk_incorrect', 1, 'true', 1]);
  assert.match(questions()[asked + 3], /解锁码不正确/);
  assert.match(questions().at(-1), /^confirm: .*只剩最后一次：解锁码再输错.*400-000/);
  answers('accept', 'accept', 'pin 33334444', `pin ${next}`); // sure, and wrong
  const last = (await host.ask('unblockPin', { order: key.unblockOrder() })).error;
  assert.deepEqual([last.data.name, last.data.triesLeft, state.pukTriesLeft()], ['puk_locked', 0, 0]);
  const now = questions().length;
  assert.equal((await host.ask('unblockPin', { order: key.unblockOrder() })).error.data.name, 'puk_locked');
  assert.deepEqual((await host.ask('readKey')).result.pin, { state: 'locked', unblockable: false });
  assert.deepEqual([questions().length, state.triesLeft(), state.pin()], [now, 0, pin]);
});

test('on a key that tells nothing of its PUK, our own count asks before the third try, also in the next process', async (t) => {
  const { key, made, answers, questions, start, host } = await setUp(t);
  const state = fake(made);
  made.put('quiet');
  state.lock();
  answers('accept', 'pin 11112222', `pin ${next}`, 'cancel');
  assert.equal((await host.ask('unblockPin', { order: key.unblockOrder() })).error.data.name, 'puk_incorrect');
  answers('accept', 'pin 22223333', `pin ${next}`, 'refuse');
  assert.equal((await start().ask('unblockPin', { order: key.unblockOrder() })).error.data.detail.last, 'true');
  assert.match(questions().at(-1), /只剩最后一次/);
  answers('accept', 'refuse');
  assert.equal((await start().ask('unblockPin', { order: key.unblockOrder() })).error.data.name, 'cancelled');
  assert.equal(state.pukTriesLeft(), 1);
  answers('accept', 'accept', `pin ${puk}`, `pin ${next}`);
  assert.equal((await start().ask('unblockPin', { order: key.unblockOrder() })).result.outcome, 'unblocked');
  assert.equal(state.pukTriesLeft(), 3);
});

test('windows that are closed, weak PINs, and PINs the key does not take: no try is spent', async (t) => {
  const { key, made, answers, questions, host } = await setUp(t);
  const state = fake(made);
  state.lock();
  const refusal = async (...lines) => {
    answers(...lines);
    return (await host.ask('unblockPin', { order: key.unblockOrder() })).error.data.name;
  };
  assert.equal(await refusal('refuse'), 'cancelled');
  assert.equal(await refusal('cancel'), 'cancelled');
  assert.equal(await refusal('accept', 'cancel'), 'cancelled');
  assert.equal(await refusal('accept', `pin ${puk}`, 'cancel'), 'cancelled');
  assert.equal(await refusal('accept', `pin ${puk}`, 'pin 111111', 'pin 123456', 'cancel'), 'cancelled');
  assert.match(questions().at(-1), /太简单/);
  assert.equal(await refusal('accept', `pin ${puk}`, 'pin 902'), 'pin_unusable');
  assert.deepEqual([state.triesLeft(), state.pukTriesLeft(), state.pin()], [0, 3, pin]);
  const running = host.ask('unblockPin', { order: key.unblockOrder() }, undefined, 77);
  answers('accept', 'wait');
  writeFileSync(join(key.folder, 'prompt'), 'accept\nwait\n');
  while (!questions().at(-1).includes('请输入')) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.deepEqual((await host.ask('cancel', { id: 77 })).result, {});
  assert.equal((await running).error.data.name, 'cancelled');
});

test('pulled in the middle: told, and the order goes on', async (t) => {
  const { key, made, answers, host } = await setUp(t);
  const state = fake(made);
  state.lock();
  const order = key.unblockOrder();
  made.script('C_InitPIN 1 pull');
  answers('accept', `pin ${puk}`, `pin ${next}`);
  assert.equal((await host.ask('unblockPin', { order })).error.data.name, 'key_removed');
  made.script('');
  made.plug();
  assert.deepEqual([state.pin(), state.pukTriesLeft()], [pin, 3]);
  answers('accept', `pin ${puk}`, `pin ${next}`);
  assert.equal((await host.ask('unblockPin', { order })).result.outcome, 'unblocked');
  // After it took effect, before the receipt: the same order only fetches that.
  state.lock();
  const other = key.unblockOrder();
  made.script('C_SignInit 1 pull');
  answers('accept', `pin ${puk}`, 'pin 708172');
  assert.equal((await host.ask('unblockPin', { order: other })).error.data.name, 'key_removed');
  made.script('');
  made.plug();
  answers('pin 708172');
  assert.equal((await host.ask('unblockPin', { order: other })).result.outcome, 'alreadyUnblocked');
});

test('a driver that crashes or cannot do it says so', async (t) => {
  const { at, key, made, answers, questions, host } = await setUp(t);
  fake(made).lock();
  made.script('C_InitPIN 1 crash');
  answers('accept', `pin ${puk}`, `pin ${next}`);
  assert.equal((await host.ask('unblockPin', { order: key.unblockOrder() })).error.data.name, 'module_crashed');
  made.script('');
  const config = policy(at, { ...key.policy(), modules: [{ ...made.module, unblock: 'off' }] });
  const other = new Host(t, ['--config', config], made.environment);
  const asked = questions().length;
  assert.equal((await other.ask('unblockPin', { order: key.unblockOrder() })).error.data.name, 'unblock_unavailable');
  assert.deepEqual((await other.ask('readKey')).result.pin, { state: 'locked', unblockable: false });
  assert.equal(questions().length, asked);
});

test('a key with keys of its own: PUK and new PIN are typed there', async (t) => {
  const { key, made, answers, questions, host } = await setUp(t);
  const state = fake(made);
  state.lock();
  made.put('pad', `${puk} ${next}`);
  answers('accept', 'accept', 'refuse'); // the receipt would need the new PIN on the key once more
  const asked = questions().length;
  const order = key.unblockOrder();
  assert.equal((await host.ask('unblockPin', { order })).error.data.name, 'cancelled');
  assert.match(questions()[asked + 1], /^confirm: .*请在锁上先输入解锁码/);
  assert.equal(state.pin(), next);
  made.put('pad', next);
  answers('accept');
  assert.equal((await host.ask('unblockPin', { order })).result.outcome, 'alreadyUnblocked');
  assert.ok(questions().every((line) => !line.startsWith('pin:')));
});

test('two at once: the second is told who has the key', async (t) => {
  const { key, made, answers, questions, start, host } = await setUp(t);
  fake(made).lock();
  answers('accept', 'wait');
  const running = host.ask('unblockPin', { order: key.unblockOrder() }, undefined, 77);
  while (!(questions().at(-1) ?? '').includes('请输入')) await new Promise((resolve) => setTimeout(resolve, 10));
  const { error } = await start().ask('unblockPin', { order: key.unblockOrder() });
  assert.equal(error.data.name, 'key_busy');
  await host.ask('cancel', { id: 77 });
  assert.equal((await running).error.data.name, 'cancelled');
});

test('the soft SKF key, by the command line: locked, unblocked, and the new PIN signs in', async (t) => {
  const { at, key, made, answers, questions, host, config } = await setUp(t, (place) => new SoftKey(place), 'sm2');
  answers(...['pin 000000', 'pin 000001', 'pin 000002', 'pin 000003', 'pin 000004', 'accept', 'pin 000005']);
  assert.equal((await host.ask('login', { nonce })).error.data.name, 'pin_locked');
  await host.close();
  const file = join(at, 'order.b64');
  writeFileSync(file, key.unblockOrder());
  const sealferry = (...args) => JSON.parse(execFileSync(join(bin, 'sealferry'), ['--config', config, ...args, '--json'],
    { env: { ...process.env, ...made.environment }, stdio: ['ignore', 'pipe', 'pipe'] }).toString());
  assert.deepEqual(sealferry('read').pin, { state: 'locked', triesLeft: 0, unblockable: true });
  answers('accept', 'pin 87654321', `pin ${next}`, 'pin 12345678'); // one wrong: the key tells what is left
  const done = sealferry('unblock', '--order', file);
  assert.equal(done.outcome, 'unblocked');
  assert.match(questions().at(-1), /还可输错5次.*解锁码不正确，还可再试5次/);
  assert.deepEqual(done.key.pin, { state: 'ok', triesLeft: 6, unblockable: true });
  assert.ok(Buffer.from(done.receipt, 'base64').includes('"commandLine":true')); // SM2: no reader of OpenSSL's takes it
  answers(`pin ${next}`);
  assert.equal(sealferry('unblock', '--order', file).outcome, 'alreadyUnblocked');
});
