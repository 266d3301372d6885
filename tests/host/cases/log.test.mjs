// SPDX-License-Identifier: Apache-2.0
// A thief of the log or of a diagnosis learns nothing: what users, keys and pages said is planted, searched for, and not there.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { softKey } from '../../browser/support/key.mjs';
import { Host, bin, folder, policy } from '../support/host.mjs';
import { KeyWithSeal, pin } from '../support/key-with-seal.mjs';
import { unit } from '../../browser/support/demonstration.mjs';

const site = 'http://localhost:8000';
const wrongPin = '58213947';
const newPin = '71935286';
const pageText = 'planted-by-the-page';

/** Pieces of what is secret that would give it away, in the encodings in which it could slip into a line. */
function markers({ certificate, seals, order, serial }) {
  const der = Buffer.from(certificate.pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  const pieces = [der, ...seals].flatMap((bytes) => {
    const from = Math.floor(bytes.length / 2 / 3) * 3; // a place where base64 of the piece is a piece of the base64
    const piece = bytes.subarray(from, from + 24);
    return [piece.toString('hex'), piece.toString('base64'), piece.toString('latin1')];
  });
  return [pin, wrongPin, newPin, unit, Buffer.from(unit).toString('base64'), Buffer.from(unit).toString('hex'), pageText,
    order.slice(100, 140), serial, ...pieces].map((text) => text.toLowerCase());
}

function expectNone(text, secrets, where) {
  for (const secret of secrets) assert.ok(!text.toLowerCase().includes(secret), `${where} tells ${JSON.stringify(secret)}`);
}

/** Everything below a folder, as one text. */
function filesBelow(at) {
  return readdirSync(at, { recursive: true }).map((name) => join(at, name)).filter((path) => statSync(path).isFile())
    .map((path) => [path, readFileSync(path, 'latin1')]);
}

test('planted markers: nothing that a user, a key or a page said is in a log, a state file or a diagnosis', { timeout: 120_000 }, async (t) => {
  const at = folder(t);
  const keys = new KeyWithSeal(at, softKey(at), site);
  const log = join(at, 'host.log');
  const answers = (...lines) => writeFileSync(join(at, 'prompt'), lines.map((line) => `${line}\n`).join(''));
  const file = policy(at, { ...keys.policy(), log: { level: 'debug', path: log } });
  const host = new Host(t, ['--config', file], keys.key.environment);
  const { result } = await host.ask('readKey');
  keys.learn(result);
  const { order, seals } = keys.order();
  const secrets = markers({ certificate: keys.certificate, seals: keys.seals, order, serial: keys.serial });

  answers('accept', `pin ${wrongPin}`, 'cancel');
  assert.equal((await host.ask('writeSeal', { order, seals })).error.data.name, 'pin_incorrect');
  answers('accept', `pin ${pin}`);
  const tampered = Buffer.from(seals[0], 'base64');
  tampered[tampered.length >> 1] ^= 1;
  assert.ok((await host.ask('writeSeal', { order, seals: [tampered.toString('base64')] })).error);
  assert.ok((await host.ask('writeSeal', { order, seals })).result);
  assert.ok((await host.ask('testStamp')).result.documents.length === 1); // within the order: no second PIN
  answers(`pin ${pin}`, `pin ${newPin}`, `pin ${newPin}`);
  assert.deepEqual((await host.ask('changePin')).result, {});
  for (const text of [pageText, `${pageText}\n2026-01-01T00:00:00Z error forged`, '\u202e' + pageText]) {
    assert.ok((await host.ask(text, { [text]: text })).error);
    assert.ok((await host.ask('readKey', { serial: text })).error);
    assert.ok((await host.ask('hello', { [text]: text }, { origin: `https://${pageText}.example`, topOrigin: site })).error);
    assert.equal((await host.ask('verifySeal', { seal: Buffer.from(text).toString('base64') })).result.verdict, 'invalid');
  }
  await host.close();
  const report = join(at, 'diagnosis.json');
  const doctor = spawnSync(join(bin, 'sealferry'), ['doctor', '--json', '--report', report, '--config', file], { env: { ...process.env, ...keys.key.environment }, encoding: 'utf8' });
  assert.match(doctor.stdout, /"version"/);
  assert.equal(readFileSync(report, 'utf8'), doctor.stdout);

  const told = readFileSync(log, 'utf8');
  assert.match(told, /pin_incorrect/); // it does tell something
  assert.match(told, /^(\d{4}-\d\d-\d\dT\S+Z (error|warning|info|debug) [ -~]+\n)+$/);
  expectNone(told, secrets, 'the log');
  expectNone(host.log, secrets, 'standard error');
  expectNone(doctor.stdout + doctor.stderr, secrets.filter((secret) => secret !== keys.serial.toLowerCase()), 'the diagnosis');
  for (const [path, text] of filesBelow(join(at, 'user'))) expectNone(text, secrets, path);
});
