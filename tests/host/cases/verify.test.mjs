// SPDX-License-Identifier: Apache-2.0
// What policy, the command line and the page hand in of revoked certificates: lists and OCSP responses. The seal's maker was revoked
// on 2026-11-22 at 7 o'clock; the material is this project's own (tests/vectors/ocsp).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Host, bin, folder, policy, root } from '../support/host.mjs';

const vector = (name) => join(root, 'tests/vectors/ocsp', name);
const base64 = (name) => readFileSync(vector(name)).toString('base64');
const eight = Date.parse('2026-11-22T08:00:00Z') / 1000;
const site = { origin: 'https://ca.example', topOrigin: 'https://ca.example' };

function verify(t, ...words) {
  const file = policy(folder(t));
  const run = spawnSync(join(bin, 'sealferry'), ['verify', vector('seal.esl'), '--json', '--config', file, ...words], { encoding: 'utf8' });
  return { status: run.status, ...(run.stdout ? JSON.parse(run.stdout) : {}), said: run.stderr };
}

function host(t, members = {}) {
  const clockOffset = Math.round(eight - Date.now() / 1000);
  return new Host(t, ['--config', policy(folder(t), { trustedSites: [site.origin], sealRoots: [vector('root.pem')], development: { clockOffset }, ...members })]);
}

const ask = async (asked, more = {}) => asked.ask('verifySeal', { seal: base64('seal.esl'), ...more }, site);

test('the command line takes roots, lists and responses, and a time', (t) => {
  const at = ['--root', vector('root.pem'), '--at', '2026-11-22T08:00:00Z'];
  assert.deepEqual([verify(t, ...at).verdict, verify(t, ...at).status], ['valid', 0]);
  assert.equal(verify(t, ...at, '--ocsp', vector('good.der')).verdict, 'valid');
  for (const more of [['--ocsp', vector('revoked.der')], ['--crl', vector('list.crl')], ['--ocsp', vector('good.der'), '--crl', vector('list.crl')]]) {
    const answer = verify(t, ...at, ...more);
    assert.deepEqual([answer.verdict, answer.failedStep, answer.steps.at(-1).reason, answer.status], ['invalid', 'makerCert', 'revoked', 1]);
  }
  const before = verify(t, '--root', vector('root.pem'), '--at', '2026-11-22T06:59:59Z', '--ocsp', vector('revoked.der'));
  assert.equal(before.verdict, 'valid');
  assert.equal(verify(t, '--root', vector('root.pem'), '--at', '2026-11-25T08:00:00Z', '--ocsp', vector('good.der')).notes[0], 'crlOutdated');
  assert.equal(verify(t, ...at, '--ocsp', vector('seal.esl')).status, 2);
});

test("what policy's files say counts for every check", async (t) => {
  assert.equal((await ask(host(t))).result.verdict, 'valid');
  const told = host(t, { ocspResponses: [vector('revoked.*')] });
  assert.equal((await ask(told)).result.steps.at(-1).reason, 'revoked');
});

test('what the page hands in counts for its check alone, and only as far as it is signed', async (t) => {
  const asked = host(t);
  for (const more of [{ ocspResponses: [base64('revoked.der')] }, { crls: [base64('list.crl')] }, { crls: [base64('list.crl')], ocspResponses: [base64('good.der')] }]) {
    const { result } = await ask(asked, more);
    assert.deepEqual([result.verdict, result.failedStep, result.steps.at(-1).reason], ['invalid', 'makerCert', 'revoked']);
  }
  assert.equal((await ask(asked)).result.verdict, 'valid');
  const changed = readFileSync(vector('revoked.der'));
  changed[changed.length - 20] ^= 1;
  const { result, error } = await ask(asked, { ocspResponses: [changed.toString('base64')] });
  assert.ok(error?.data.name === 'bad_request' || result.verdict === 'valid');
});

test("a page's list that is none is refused by name", async (t) => {
  const asked = host(t);
  for (const name of ['crls', 'ocspResponses']) {
    const { error } = await ask(asked, { [name]: [base64('seal.esl')] });
    assert.deepEqual([error.data.name, error.data.detail.field], ['bad_request', name]);
    assert.equal((await ask(asked, { [name]: Array(9).fill('AA==') })).error.data.detail.field, name);
  }
});
