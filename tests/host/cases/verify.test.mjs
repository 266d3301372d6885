// SPDX-License-Identifier: Apache-2.0
// What policy, the command line and the page hand in of revoked certificates: lists and OCSP responses. The seal's maker was revoked
// on 2026-11-22 at 7 o'clock; the material is this project's own (tests/vectors/ocsp).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Host, bin, folder, policy, root } from '../support/host.mjs';

const vector = (name) => join(root, 'tests/vectors/ocsp', name);
const base64 = (name) => readFileSync(vector(name)).toString('base64');
const eight = Date.parse('2026-11-22T08:00:00Z') / 1000;
const site = { origin: 'https://ca.example', topOrigin: 'https://ca.example' };

const verify = (t, ...words) => verifyUnder(t, {}, ...words);

function verifyUnder(t, members, ...words) {
  const file = policy(folder(t), members);
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

test("each option stands instead of policy's of its kind alone", (t) => {
  const at = ['--at', '2026-11-22T08:00:00Z'];
  const reason = (members, ...words) => verifyUnder(t, members, ...at, ...words).steps.at(-1).reason;
  const roots = { sealRoots: [vector('root.pem')] };
  assert.equal(reason(roots, '--crl', vector('list.crl')), 'revoked');
  assert.equal(reason({ ...roots, crls: [vector('list.crl')] }, '--root', vector('root.pem')), 'revoked');
  assert.equal(reason({ ...roots, ocspResponses: [vector('revoked.der')] }, '--ocsp', vector('good.der')), '');
  assert.equal(reason({}, '--crl', vector('list.crl')), 'untrusted');
});

test('of a file that is not there the answer is JSON too, and every answer has the same members', (t) => {
  const run = spawnSync(join(bin, 'sealferry'), ['verify', join(folder(t), 'none.esl'), '--json', '--config', policy(folder(t))], { encoding: 'utf8' });
  assert.equal(run.status, 2);
  assert.deepEqual(JSON.parse(run.stdout), { kind: 'seal', verdict: 'unreadable', failedStep: null, version: null, steps: [], notes: [] });
  const good = verify(t, '--root', vector('root.pem'), '--at', '2026-11-22T08:00:00Z');
  assert.deepEqual([good.failedStep, good.version], [null, 4]);
  const rubbish = join(folder(t), 'rubbish.esl');
  writeFileSync(rubbish, 'x');
  const bad = JSON.parse(spawnSync(join(bin, 'sealferry'), ['verify', rubbish, '--json', '--config', policy(folder(t))], { encoding: 'utf8' }).stdout);
  assert.deepEqual([bad.failedStep, bad.version], ['format', null]);
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
  assert.ok(error?.data.name === 'bad_request' || result.notes[0] === 'revocationUnknown');
});

test("a page's list that is none is refused by name", async (t) => {
  const asked = host(t);
  for (const name of ['crls', 'ocspResponses']) {
    const { error } = await ask(asked, { [name]: [base64('seal.esl')] });
    assert.deepEqual([error.data.name, error.data.detail.field], ['bad_request', name]);
    assert.equal((await ask(asked, { [name]: Array(9).fill('AA==') })).error.data.detail.field, name);
  }
});

test('the command line tells a person what is wrong, and why, in either language', (t) => {
  const at = folder(t);
  const broken = join(at, 'broken.esl');
  const bytes = readFileSync(vector('seal.esl'));
  bytes[bytes.length - 1] ^= 1; // in the maker's signature
  writeFileSync(broken, bytes);
  const run = (file, LANG) => {
    const environment = { ...process.env, LC_ALL: '', LC_MESSAGES: '', LANGUAGE: '', LANG };
    return spawnSync(join(bin, 'sealferry'), ['verify', file, '--root', vector('root.pem'), '--at', '2026-11-22T06:00:00Z', '--config', policy(at)], { encoding: 'utf8', env: environment });
  };
  const [chinese, english] = ['zh_CN.UTF-8', 'en_US.UTF-8'].map((language) => run(broken, language));
  assert.deepEqual([chinese.status, english.status], [1, 1]);
  assert.match(chinese.stdout, /^验证结果: 无效\n[^]*✗ 签章本身的签名不正确 \(sealSignature\)\n +签名值不正确 \(badSignature\)\n$/);
  assert.match(english.stdout, /^verdict: not valid\n[^]*✗ the seal itself is not signed right \(sealSignature\)\n +the signature's value is wrong \(badSignature\)\n$/);
  assert.match(run(vector('seal.esl'), 'zh_CN.UTF-8').stdout, /^验证结果: 有效/);
});

const shared = join(process.env.SEALFERRY_TEST_DATA ?? join(root, '../shared/data'), 'seals');

test('the command line on every seal and signature of the shared manifest, strict too', { skip: !existsSync(shared) && 'the shared test data is not there' }, (t) => {
  const at = folder(t);
  const config = policy(at);
  const words = ['--root', join(shared, 'ca/root.cer'), '--crl', join(shared, 'ca/root.crl'), '--at', '2026-11-22T08:00:00Z', '--json', '--config', config];
  const run = (entry, ...more) => {
    const content = entry.kind === 'signature' ? ['--content', join(shared, 'sig/content.bin')] : [];
    const { stdout, status } = spawnSync(join(bin, 'sealferry'), ['verify', join(shared, entry.file), ...content, ...words, ...more], { encoding: 'utf8' });
    return { ...JSON.parse(stdout), status };
  };
  const expected = { policy: ['invalid', 'format'], 'valid-lenient': ['valid-with-note', null], 'valid-with-note': ['valid-with-note', null], valid: ['valid', null] };
  const entries = JSON.parse(readFileSync(join(shared, 'manifest.json'), 'utf8')).entries.filter(({ kind }) => kind === 'seal' || kind === 'signature');
  for (const entry of entries) {
    const answer = run(entry);
    assert.deepEqual([answer.verdict, answer.failedStep], expected[entry.expected] ?? ['invalid', entry.failsAt], entry.file);
    assert.equal(answer.status, answer.verdict === 'invalid' ? 1 : 0);
    assert.deepEqual([answer.kind, answer.at], [entry.kind, '2026-11-22T08:00:00Z']);
    if (entry.expected === 'valid-lenient') assert.equal(run(entry, '--strict').failedStep, 'format', entry.file);
  }
  assert.equal(entries.length, 98);
});
