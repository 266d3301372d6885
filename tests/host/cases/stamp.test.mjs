// SPDX-License-Identifier: Apache-2.0
// A page's document is stamped: the window tells what we read ourselves, refusals come before any window, and what comes back is
// judged by poppler and OpenSSL too.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { softKey } from '../../browser/support/key.mjs';
import { unit } from '../../browser/support/demonstration.mjs';
import { SoftKey } from '../../portal/support/soft-key.mjs';
import { Host, bin, folder, policy } from '../support/host.mjs';
import { KeyWithSeal, pin } from '../support/key-with-seal.mjs';
import { lastSignature, makePdf, opensslVerifies, pdfsig, sha256 } from '../support/pdf.mjs';
import { TimeStamping } from '../support/time-stamping.mjs';

const site = 'http://localhost:8000';
const other = { origin: 'http://localhost:9000', topOrigin: 'http://localhost:9000' };
const part = 512 * 1024;
const place = { at: { x: 150, y: 240 } };

/** Cleaned up by the file's end: one key for all cases, which takes seconds to make. */
const whole = { ends: [], after: (end) => whole.ends.push(end) };
after(async () => {
  for (const end of whole.ends) await end();
});
let at;
let keys;
before(() => {
  at = folder(whole);
  keys = new KeyWithSeal(at, softKey(at), site);
});

function desk(t, members = {}, used = keys) {
  const own = folder(t);
  const rights = { [site]: ['read', 'write', 'test', 'stamp'], [other.origin]: ['read', 'stamp'] };
  const file = policy(own, { ...used.policy(), trustedSites: [site, other.origin], siteRights: rights, ...members });
  const host = new Host(t, ['--config', file], used.key.environment);
  const ask = async (method, params = {}, caller) => {
    const { result, error } = await host.ask(method, params, caller);
    if (error) throw Object.assign(new Error(error.message), { name: error.data.name, detail: error.data.detail ?? {} });
    return result;
  };
  return {
    own, host, ask,
    answer: (...lines) => writeFileSync(join(own, 'prompt'), lines.map((line) => `${line}\n`).join('')),
    questions: () => (existsSync(join(own, 'prompt.log')) ? readFileSync(join(own, 'prompt.log'), 'utf8').trim().split('\n') : []),
    async send(bytes) {
      const { document } = await ask('openDocument', { size: bytes.length });
      for (let offset = 0; offset < bytes.length; offset += part) {
        const last = offset + part >= bytes.length;
        await ask('appendDocument', { document, offset, data: bytes.subarray(offset, offset + part).toString('base64'), ...(last && { sha256: sha256(bytes) }) });
      }
      return document;
    },
    async fetch(document, size) {
      const parts = [];
      for (let offset = 0; offset < size; offset += part) {
        const { data } = await ask('readDocument', { document, offset, length: Math.min(part, size - offset) });
        parts.push(Buffer.from(data, 'base64'));
      }
      return Buffer.concat(parts);
    },
    /** The whole way of one stamp. */
    async stamp(bytes, params = place) {
      const document = await this.send(bytes);
      this.answer('accept', `pin ${pin}`);
      const answer = await ask('stampDocument', { document, ...params });
      const stamped = Buffer.concat([bytes, await this.fetch(answer.document, answer.size)]);
      assert.equal(sha256(stamped), answer.sha256);
      assert.equal(stamped.length, answer.wholeSize);
      return { answer, stamped, document };
    },
  };
}

const refusal = (promise) => promise.then(() => assert.fail('was not refused'), (error) => [error.name, error.detail.field ?? error.detail.reason]);

test('a document is stamped on the pages asked for: the increment comes back, and others find it valid', { timeout: 120_000 }, async (t) => {
  const d = desk(t);
  const bytes = makePdf({ pages: 6, ballast: 700_000 });
  const params = { ...place, pages: [[1, 1], [3, 4], [0, 0]], name: '合同.pdf', reason: '投标' };
  const { answer, stamped, document } = await d.stamp(bytes, params);
  assert.deepEqual(answer.stamps.map(({ page, signature }) => [page, signature]), [[1, 0], [3, 0], [4, 0], [6, 0]]);
  assert.ok(Math.abs(answer.stamps[0].x - 150) < 0.1 && Math.abs(answer.stamps[0].y - 240) < 0.1);
  assert.deepEqual([answer.pages, answer.report.verdict, answer.report.signatures.length, answer.report.signatures[0].trust], [6, 'valid', 1, 'trusted']);
  const { valid, signatures, whole: covered } = pdfsig(d.own, stamped);
  assert.deepEqual([valid, signatures, covered], [1, 1, 1]);
  opensslVerifies(d.own, stamped);
  const [window, second] = d.questions();
  for (const text of [site, '对方所称文件名：“合同.pdf”', `${bytes.length} 字节`, '共 6 页', sha256(bytes).slice(0, 4), '第1、3–4、6页', '原因：“投标”']) assert.ok(window.includes(text), window);
  assert.match(second, /^pin: .*给文件盖章/);
  assert.deepEqual(d.host.notes.filter(({ method }) => method === 'prompt').map(({ params: { what } }) => what), ['confirm', 'closed', 'pin', 'closed']);
  // The handle holds the whole now: it can be verified, and stamped again without being sent again.
  assert.equal((await d.ask('verifyDocument', { document })).verdict, 'valid');
  d.answer('accept', `pin ${pin}`);
  const again = await d.ask('stampDocument', { document, at: { x: 60, y: 60 } });
  const twice = Buffer.concat([stamped, await d.fetch(again.document, again.size)]);
  assert.equal(sha256(twice), again.sha256);
  assert.deepEqual([pdfsig(d.own, twice).valid, again.report.signatures.length], [2, 2]);
});

test('signatures by every digest, PKCS#1 and PSS: poppler, OpenSSL and we agree', { timeout: 120_000 }, async (t) => {
  const d = desk(t);
  for (const padding of ['pkcs1', 'pss'])
    for (const digest of ['sha256', 'sha384', 'sha512']) {
      const { answer, stamped } = await d.stamp(makePdf(), { ...place, padding, digest });
      assert.deepEqual([answer.report.verdict, answer.report.signatures[0].integrity], ['valid', 'intact'], `${padding} ${digest}`);
      opensslVerifies(d.own, stamped);
      const judged = pdfsig(d.own, stamped);
      assert.equal(judged.valid, 1, `${padding} ${digest}: ${judged.said}`);
      assert.equal(judged.hashes[0].replace('-', '').toLowerCase(), digest);
    }
});

test('what cannot be stamped is refused before any window', { timeout: 120_000 }, async (t) => {
  const d = desk(t);
  d.answer('accept', `pin ${pin}`);
  const document = await d.send(makePdf());
  const ask = (params) => refusal(d.ask('stampDocument', { document, ...params }));
  assert.deepEqual(await ask({}), ['bad_request', 'at']);
  assert.deepEqual(await ask({ pages: [[1, 1]], keyword: { text: 'x' } }), ['bad_request', 'at']);
  assert.deepEqual(await ask({ ...place, pages: [[1]] }), ['bad_request', 'pages']);
  assert.deepEqual(await ask({ ...place, pages: [[-1, 2]] }), ['bad_request', 'pages']);
  assert.deepEqual(await ask({ ...place, digest: 'md5' }), ['bad_request', 'digest']);
  assert.deepEqual(await ask({ ...place, path: '/etc/passwd' }), ['bad_request', 'path']);
  assert.deepEqual(await ask({ at: { x: 1, y: 2, z: 3 } }), ['bad_request', 'at']);
  assert.deepEqual((await ask({ ...place, seal: 'no such seal' }))[0], 'no_seal');
  assert.deepEqual((await ask({ ...place, serial: 'no such key' }))[0], 'no_key');
  assert.ok((await ask({ ...place, pages: [[4, 4]] }))[0] !== undefined);
  assert.equal((await refusal(d.ask('stampDocument', { document: await d.send(Buffer.from('%PDF-1.7 no document')), ...place })))[0], 'document_unreadable');
  assert.deepEqual(d.questions(), []);
});

test('another site cannot use the handle, nor one without the right to stamp', { timeout: 120_000 }, async (t) => {
  const d = desk(t, { siteRights: { [site]: ['read', 'write', 'test'], [other.origin]: ['read', 'stamp'] } });
  const document = await d.send(makePdf());
  assert.equal((await refusal(d.ask('stampDocument', { document, ...place })))[0], 'right_missing');
  assert.deepEqual(await refusal(d.ask('stampDocument', { document, ...place }, other)), ['bad_request', 'document']);
  assert.deepEqual(await refusal(d.ask('readDocument', { document, offset: 0, length: 10 }, other)), ['bad_request', 'document']);
  assert.deepEqual(d.questions(), []);
});

test('a document larger than policy, out of order or longer than announced is refused', { timeout: 60_000 }, async (t) => {
  const d = desk(t, { limits: { documentMiB: 1 } });
  assert.equal((await refusal(d.ask('openDocument', { size: 1024 * 1024 + 1 })))[0], 'document_too_large');
  const { document } = await d.ask('openDocument', { size: 10 });
  const append = (offset, bytes, more = {}) => refusal(d.ask('appendDocument', { document, offset, data: Buffer.alloc(bytes).toString('base64'), ...more }));
  assert.deepEqual(await append(5, 5, { sha256: '0'.repeat(64) }), ['bad_request', 'offset']);
  assert.deepEqual(await append(0, 11), ['bad_request', 'data']);
  assert.deepEqual(await refusal(d.ask('stampDocument', { document, ...place })), ['bad_request', 'document']);
});

test('the user refuses, closes the window or types a wrong PIN: the document stays as it was', { timeout: 120_000 }, async (t) => {
  const d = desk(t);
  const bytes = makePdf();
  const document = await d.send(bytes);
  for (const [lines, name] of [[['refuse'], 'cancelled'], [['accept', 'cancel'], 'cancelled'], [['accept', 'pin 999999', 'cancel'], 'pin_incorrect']]) {
    d.answer(...lines);
    assert.equal((await refusal(d.ask('stampDocument', { document, ...place })))[0], name);
  }
  assert.equal(sha256(await d.fetch(document, bytes.length)), sha256(bytes));
  d.answer('wait');
  const running = d.host.ask('stampDocument', { document, ...place }, undefined, 4711);
  while (d.questions().length < 6) await new Promise((resolve) => setTimeout(resolve, 20));
  await d.host.ask('cancel', { id: 4711 });
  assert.equal((await running).error.data.name, 'cancelled');
  d.answer('accept', `pin ${pin}`);
  assert.equal((await d.ask('stampDocument', { document, ...place })).report.verdict, 'valid');
});

test('the right to stamp is a question of its own, after trust, after a click', { timeout: 60_000 }, async (t) => {
  const d = desk(t, { trustedSites: [], siteRights: {} });
  const clicked = { origin: site, topOrigin: site, gesture: true };
  assert.equal((await refusal(d.ask('trustSite', { rights: ['stamp'] }, clicked)))[0], 'origin_not_trusted');
  d.answer('accept', 'refuse', 'accept');
  await d.ask('trustSite', {}, clicked);
  assert.equal((await refusal(d.ask('trustSite', { rights: ['stamp'] })))[0], 'origin_not_trusted');
  assert.deepEqual(await d.ask('trustSite', { rights: ['stamp'] }, clicked), { outcome: 'denied', rights: ['read', 'write', 'test'] });
  assert.deepEqual(await d.ask('trustSite', { rights: ['stamp'] }, clicked), { outcome: 'granted', rights: ['read', 'write', 'test', 'stamp'] });
  assert.equal((await d.ask('trustSite', { rights: ['stamp'] })).outcome, 'granted');
  assert.match(d.questions()[1], /请求用您的签章给文件盖章/);
  assert.deepEqual(await refusal(d.ask('trustSite', { rights: ['sign'] }, clicked)), ['bad_request', 'rights']);
});

test('the page goes away in the middle: nothing of its document is left', { timeout: 60_000 }, async (t) => {
  const d = desk(t);
  const open = () => execFileSync('ls', ['-l', `/proc/${d.host.process.pid}/fd`], { encoding: 'utf8' }).match(/\(deleted\)/g)?.length ?? 0;
  const before = open();
  const { document } = await d.ask('openDocument', { size: 3 * part });
  await d.ask('appendDocument', { document, offset: 0, data: Buffer.alloc(part).toString('base64') });
  assert.equal(open(), before + 1);
  await d.ask('closeDocument', { document });
  assert.equal(open(), before);
  await d.ask('openDocument', { size: 3 * part });
  assert.deepEqual(await d.host.close(), { code: 0, signal: null });
});

test('an SM2 key stamps as readers in China know it, which is not PAdES: no choice of digest, no time stamp', { timeout: 120_000 }, async (t) => {
  const own = folder(t);
  const d = desk(t, {}, new KeyWithSeal(own, new SoftKey(own), site, 'sm2'));
  const { answer, stamped } = await d.stamp(makePdf({ pages: 4 }), { across: { edge: 'right' } });
  assert.deepEqual([answer.report.verdict, answer.algorithm, answer.stamps.length], ['valid', 'sm2-sm3', 4]);
  assert.match(stamped.toString('latin1'), /\/SubFilter \/GM\.sm2seal/);
  const document = await d.send(makePdf());
  assert.deepEqual(await refusal(d.ask('stampDocument', { document, ...place, digest: 'sha256' })), ['bad_request', 'digest']);
  assert.deepEqual(await refusal(d.ask('stampDocument', { document, ...place, padding: 'pss' })), ['bad_request', 'padding']);
  assert.deepEqual(await refusal(d.ask('stampDocument', { document, ...place, timestamp: true })), ['bad_request', 'timestamp']);
});

const megabytes = process.env.SEALFERRY_FULL ? 100 : 24;

test(`${megabytes} MB go through a host that holds a few of them at a time`, { timeout: 120_000 }, async (t) => {
  const d = desk(t);
  const bytes = makePdf({ pages: 2, ballast: megabytes * 1e6 });
  const { stamped } = await d.stamp(bytes);
  assert.equal(pdfsig(d.own, stamped).valid, 1);
  const memory = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${d.host.process.pid}/status`, 'utf8'))[1]);
  t.diagnostic(`the host's memory at its highest: ${memory} KiB`);
  if (!(process.env.SEALFERRY_BUILD ?? '').includes('asan')) assert.ok(memory < 48 * 1024, `${memory} KiB`);
});

test('a time stamp goes into the room kept for it, without another PIN; a wrong one does not', { timeout: 120_000 }, async (t) => {
  const own = folder(t);
  const [authority, stranger] = [new TimeStamping(own), new TimeStamping(own, 'stranger')];
  const d = desk(t, { sealRoots: [...keys.policy().sealRoots, authority.root] });
  const bytes = makePdf();
  const { answer, stamped } = await d.stamp(bytes, { ...place, timestamp: true });
  const { timestampRequest: request, document } = answer;
  assert.match(authority.words(request), /Hash Algorithm: sha256[^]*Certificate required: yes/);
  const add = (token, of = document) => d.ask('addTimestamp', { document: of, token });
  const forAnother = authority.token(Buffer.from(execFileSync('openssl', ['ts', '-query', '-digest', 'ab'.repeat(32), '-sha256', '-cert', '-no_nonce'])).toString('base64'));
  assert.deepEqual(await refusal(add(forAnother)), ['timestamp_invalid', 'imprintMismatch']);
  assert.deepEqual(await refusal(add(stranger.token(request))), ['timestamp_invalid', 'untrusted']);
  assert.equal((await refusal(add(Buffer.from('no token').toString('base64'))))[0], 'timestamp_invalid');
  const altered = Buffer.from(authority.token(request), 'base64');
  altered[altered.length - 5] ^= 1;
  assert.equal((await refusal(add(altered.toString('base64'))))[0], 'timestamp_invalid');

  const token = authority.token(request);
  const timed = await add(token);
  const whole = Buffer.concat([bytes, await d.fetch(timed.document, timed.size)]);
  assert.deepEqual([sha256(whole), whole.length, timed.report.verdict], [timed.sha256, stamped.length, 'valid']);
  assert.ok(Math.abs(Date.parse(timed.time) - Date.now()) < 120_000);
  assert.ok(lastSignature(whole).message.includes(Buffer.from(token, 'base64')));
  assert.ok(!lastSignature(stamped).message.includes(Buffer.from(token, 'base64')));
  opensslVerifies(d.own, whole);
  assert.equal(pdfsig(d.own, whole).valid, 1);
  assert.equal(d.questions().length, 2, 'one window and one PIN in all');
  assert.deepEqual(await refusal(add(token, timed.document)), ['bad_request', 'document']);
});

test('a time stamp is for a document with one signature to make', { timeout: 60_000 }, async (t) => {
  const d = desk(t);
  const { document } = await d.stamp(makePdf());
  assert.deepEqual(await refusal(d.ask('stampDocument', { document, ...place, pages: [[1, 2]], timestamp: true })), ['bad_request', 'timestamp']);
  assert.equal(d.questions().length, 2);
});

test('sealferry stamp: a whole file or none, the original untouched, exit status as told', { timeout: 120_000 }, async (t) => {
  const d = desk(t);
  const [from, to] = [join(d.own, '合同.pdf'), join(d.own, 'out.pdf')];
  const bytes = makePdf({ pages: 5 });
  writeFileSync(from, bytes);
  const run = (lines, ...words) => {
    d.answer(...lines);
    const environment = { ...process.env, ...keys.key.environment, LANG: 'zh_CN.UTF-8' };
    return spawnSync(join(bin, 'sealferry'), ['stamp', ...words, '--config', join(d.own, 'policy.json')], { encoding: 'utf8', env: environment });
  };
  const good = run(['accept', `pin ${pin}`], from, to, '--pages', '1,4-last', '--at', '150,240', '--across', '--reason', '归档', '--json');
  assert.equal(good.status, 0, good.stderr);
  const answer = JSON.parse(good.stdout);
  const stamped = readFileSync(to);
  assert.deepEqual([answer.sha256, answer.wholeSize, answer.report.verdict, answer.document], [sha256(stamped), stamped.length, 'valid', undefined]);
  assert.deepEqual(new Set(answer.stamps.map(({ page }) => page)), new Set([1, 2, 3, 4, 5]));
  assert.ok(stamped.subarray(0, bytes.length).equals(bytes) && readFileSync(from).equals(bytes));
  assert.equal(pdfsig(d.own, stamped).valid, 1);
  assert.match(d.questions()[0], /本机命令行 请求给文件盖章。 对方所称文件名：“合同\.pdf”/);

  for (const [status, lines, words] of [
    [1, ['refuse'], [from, to]], [1, [], [from, to, '--seal', 'none']], [1, [], [from, to, '--pages', '9']], [2, [], [from]], [2, [], [from, from]],
    [2, [], [from, to, '--pages', '0-3']], [2, [], [from, to, '--at', '5']], [2, [], [join(d.own, 'none.pdf'), to]], [2, [], [from, to, '--digest', 'md5']],
  ]) {
    assert.equal(run(lines, ...words).status, status, words.slice(2).join(' '));
    assert.ok(readFileSync(to).equals(stamped), 'what stood there stays');
  }
  assert.ok(readFileSync(from).equals(bytes));
  assert.deepEqual(readdirSync(d.own).filter((name) => name.startsWith('out.pdf.')), []);
});

test('signer, time and reason are printed under a stamp, found by whoever searches', { timeout: 120_000 }, async (t) => {
  const d = desk(t);
  const read = (bytes) => {
    writeFileSync(join(d.own, 'read.pdf'), bytes);
    return execFileSync('pdftotext', [join(d.own, 'read.pdf'), '-'], { encoding: 'utf8' }).replace(/\s/g, '');
  };
  const { stamped, answer } = await d.stamp(makePdf(), { at: { x: 105, y: 150 }, pages: [[2, 2]], textLine: true, reason: '投标文件' });
  assert.deepEqual([answer.report.verdict, answer.stamps[0].y, answer.notes], ['valid', 150, []]);
  assert.match(read(stamped), new RegExp(`签章人：${unit}时间：20\\d\\d-\\d\\d-\\d\\d\\d\\d:\\d\\d:\\d\\d\\+08:00事由：投标文件`));
  assert.equal(pdfsig(d.own, stamped).valid, 1);
  assert.match(d.questions()[0], /印章下印有签章人、时间和事由/);
  const document = await d.send(makePdf());
  assert.deepEqual(await refusal(d.ask('stampDocument', { document, across: { edge: 'right' }, textLine: true })), ['bad_request', 'textLine']);
  assert.doesNotMatch(read((await d.stamp(makePdf())).stamped), /签章人/);
});

test('a flag that was taken away is told', { timeout: 60_000 }, async (t) => {
  const d = desk(t);
  const { answer } = await d.stamp(makePdf({ catalog: '/AcroForm <</Fields [] /NeedAppearances true>>' }));
  assert.deepEqual([answer.notes, answer.report.verdict], [['needAppearances'], 'valid']);
});
