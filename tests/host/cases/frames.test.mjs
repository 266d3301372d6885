// SPDX-License-Identifier: Apache-2.0
// Malformed frames of every kind: a clean error or a clean exit, never a hang, a crash or a window.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Host, bin, folder, frame, length, policy } from '../support/host.mjs';

const start = (t) => new Host(t, ['--config', policy(folder(t))]);

/** Closes the pipe and insists on an end by itself. */
async function endsWith(host, code) {
  const end = await host.close();
  assert.deepEqual(end, { code, signal: null });
}

test('nothing at all: an ordinary end', async (t) => {
  await endsWith(start(t), 0);
});

test('a header or a body that is cut off: a clean exit', async (t) => {
  for (const bytes of [[1], [1, 0, 0], [...length(20), ...Buffer.from('{"jsonrpc"')]]) {
    const host = start(t);
    host.send(Buffer.from(bytes));
    await endsWith(host, 1);
  }
});

test('an empty frame or one of four gigabytes: said, and left, without memory for it', async (t) => {
  for (const size of [0, 0xffffffff, 8 * 1024 * 1024 + 1]) {
    const host = start(t);
    const answer = host.answerTo(null);
    host.send(length(size));
    assert.equal((await answer).error.data.name, 'bad_frame');
    assert.deepEqual(await host.ended, { code: 1, signal: null });
  }
});

test('frames that are no request are answered, and the next request is served', async (t) => {
  const host = start(t);
  const bad = [
    'x', '{', '[]', '""', 'null', '{}', '{"jsonrpc":"2.0"}', '{"jsonrpc":"2.0","id":{},"method":"hello"}',
    '['.repeat(100_000), `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, '{"id":1,"id":1,"jsonrpc":"2.0","method":"hello"}',
    '{"jsonrpc":"2.0","id":1,"method":"hello","params":{"client":{"version":"1","protocol":1e400}}}',
    '{"jsonrpc":"2.0","id":1,"method":"hello"} trailing',
  ];
  for (const text of bad) {
    const answer = host.answerTo(null);
    host.send(frame(text));
    assert.equal((await answer).error.data.name, 'bad_frame', text.slice(0, 60));
  }
  const notUtf8 = Buffer.concat([Buffer.from('{"jsonrpc":"2.0","id":1,"method":"'), Buffer.from([0xff, 0xfe, 0xc3, 0x28]), Buffer.from('"}')]);
  const answer = host.answerTo(null);
  host.send(Buffer.concat([length(notUtf8.length), notUtf8]));
  assert.equal((await answer).error.data.name, 'bad_frame');
  assert.equal((await host.ask('hello')).result.protocol, 1);
  await endsWith(host, 0);
});

test('requests that are off are refused by the member that is wrong', async (t) => {
  const host = start(t);
  const field = async (message) => {
    const answer = host.answerTo(9);
    host.send(frame(JSON.stringify({ jsonrpc: '2.0', id: 9, ...message })));
    const { error } = await answer;
    assert.equal(error.data.name, 'bad_request');
    return error.data.detail.field;
  };
  assert.equal(await field({ method: 'hello', params: { x: 1 } }), 'x');
  assert.equal(await field({ method: 'hello', params: 'x' }), 'params');
  assert.equal(await field({ method: 'hello', pin: '123456' }), 'pin');
  assert.equal(await field({ method: 'readKey', params: { serial: 1 } }), 'serial');
  assert.equal(await field({ method: 'openDocument', params: { size: -1 } }), 'size');
  assert.equal(await field({ method: 'openDocument', params: { size: 2 ** 60 } }), 'size');
  const unknown = host.answerTo(9);
  host.send(frame(JSON.stringify({ jsonrpc: '2.0', id: 9, method: 'formatKey' })));
  assert.equal((await unknown).error.data.name, 'unknown_method');
  await endsWith(host, 0);
});

test('a site without rights learns versions and its own trust, nothing else', async (t) => {
  const host = start(t);
  const caller = { origin: 'https://stranger.example', topOrigin: 'https://stranger.example' };
  const { result } = await host.ask('status', {}, caller);
  assert.deepEqual(result.layers.map((layer) => layer.layer), ['extension', 'host', 'policy', 'site']);
  assert.equal(result.modules, undefined);
  assert.equal(result.keys, undefined);
  assert.deepEqual(result.site, { origin: caller.origin, rights: [], trustedBy: null, mayAsk: true });
  for (const [method, params] of [['listKeys', {}], ['readKey', {}], ['openDocument', { size: 1 }], ['subscribe', { events: true }],
    ['login', { nonce: Buffer.alloc(32).toString('base64') }], ['testStamp', {}], ['changePin', {}]])
    assert.equal((await host.ask(method, params, caller)).error.data.name, 'origin_not_trusted', method);
  await endsWith(host, 0);
});

test('origins: opaque, http and foreign frames have no rights whatever the user trusts', async (t) => {
  const at = folder(t);
  const host = new Host(t, ['--config', policy(at, { allowLocalhost: false, trustedSites: ['https://ca.example', 'http://plain.example'] })]);
  const refusal = async (origin, topOrigin = origin) => (await host.ask('listKeys', {}, { origin, topOrigin })).error.data.name;
  assert.equal(await refusal('null'), 'origin_not_trusted');
  assert.equal(await refusal(''), 'origin_not_trusted');
  assert.equal(await refusal('http://plain.example'), 'insecure_context');
  assert.equal(await refusal('http://localhost:8000'), 'insecure_context');
  assert.equal(await refusal('https://ca.example', 'https://evil.example'), 'origin_not_trusted');
  assert.equal(await refusal('https://ca.example.evil.example'), 'origin_not_trusted');
  assert.equal(await refusal('https://CA.example'), 'origin_not_trusted');
  assert.equal(await refusal('https://ca.example'), 'no_driver');
  await endsWith(host, 0);
});

test('methods of later releases say so', async (t) => {
  const at = folder(t);
  const origin = 'https://ca.example';
  const host = new Host(t, ['--config', policy(at, { trustedSites: [origin], siteRights: { [origin]: ['read', 'write', 'test', 'stamp', 'sign'] } })]);
  for (const method of ['signText'])
    assert.equal((await host.ask(method, {}, { origin, topOrigin: origin })).error.data.name, 'not_available_yet', method);
  await endsWith(host, 0);
});

test('a version that does not fit is told with the side that is too old', async (t) => {
  const host = start(t);
  const side = async (params) => (await host.ask('hello', params)).error.data.detail.side;
  assert.equal(await side({ extension: { version: '9', protocol: 2 } }), 'host');
  assert.equal(await side({ extension: { version: '0', protocol: 0 } }), 'extension');
  assert.equal(await side({ client: { version: '0', protocol: 0 } }), 'client');
  await endsWith(host, 0);
});

test('documents: parts in order, digest at the end, one owner', async (t) => {
  const at = folder(t);
  const host = new Host(t, ['--config', policy(at, { trustedSites: ['https://a.example', 'https://b.example'] })]);
  const a = { origin: 'https://a.example', topOrigin: 'https://a.example' };
  const b = { origin: 'https://b.example', topOrigin: 'https://b.example' };
  const { createHash } = await import('node:crypto');
  const content = Buffer.from('x'.repeat(600_000));
  const sha256 = createHash('sha256').update(content).digest('hex');
  const { document } = (await host.ask('openDocument', { size: content.length }, a)).result;
  const part = (offset, data, more = {}, who = a) => host.ask('appendDocument', { document, offset, data: data.toString('base64'), ...more }, who);
  assert.equal((await part(0, content.subarray(0, 10), {}, b)).error.data.detail.field, 'document');
  assert.equal((await part(5, content.subarray(0, 10))).error.data.detail.field, 'offset');
  assert.equal((await part(0, content.subarray(0, 500_000))).result.received, 500_000);
  assert.equal((await host.ask('readDocument', { document, offset: 0, length: 10 }, a)).error.data.detail.field, 'document');
  assert.equal((await part(500_000, Buffer.alloc(100_001))).error.data.detail.field, 'data');
  assert.equal((await part(500_000, content.subarray(500_000), { sha256 })).result.received, 600_000);
  const read = (await host.ask('readDocument', { document, offset: 599_990, length: 100 }, a)).result;
  assert.deepEqual(read, { data: content.subarray(599_990).toString('base64'), size: 600_000, sha256 });
  assert.equal((await host.ask('verifyDocument', { document }, a)).error.data.name, 'document_unreadable');
  assert.deepEqual((await host.ask('closeDocument', { document }, a)).result, {});
  assert.equal((await host.ask('closeDocument', { document }, a)).error.data.detail.field, 'document');
  await endsWith(host, 0);
});

test('a wrong digest of a document is refused', async (t) => {
  const at = folder(t);
  const origin = 'https://a.example';
  const host = new Host(t, ['--config', policy(at, { trustedSites: [origin] })]);
  const caller = { origin, topOrigin: origin };
  const { document } = (await host.ask('openDocument', { size: 3 }, caller)).result;
  const answer = await host.ask('appendDocument', { document, offset: 0, data: 'YWJj', sha256: '0'.repeat(64) }, caller);
  assert.equal(answer.error.data.detail.field, 'sha256');
  await endsWith(host, 0);
});

test('our own extension is served, as each browser starts the host and as the built manifests name it', async (t) => {
  const at = folder(t);
  const manifest = (browser) => JSON.parse(readFileSync(join(bin, '..', 'manifest', browser, 'org.sealferry.host.json'), 'utf8'));
  const [chromium, firefox] = [manifest('chromium').allowed_origins[0], manifest('firefox').allowed_extensions[0]];
  assert.match(chromium, /^chrome-extension:\/\/[a-p]{32}\/$/);
  for (const words of [[chromium], ['/some/manifest.json', firefox]]) {
    const host = new Host(t, ['--config', policy(at), ...words]);
    assert.ok((await host.ask('hello', {})).result, words.join(' '));
    await host.close();
  }
});

test('another extension, or a terminal, is not served', { timeout: 20_000 }, async (t) => {
  const at = folder(t);
  const other = new Host(t, ['--config', policy(at), 'chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/']);
  assert.deepEqual(await other.ended, { code: 2, signal: null });
  const firefox = new Host(t, ['--config', policy(at), '/some/manifest.json', 'other@extension.example']);
  assert.deepEqual(await firefox.ended, { code: 2, signal: null });
});

test('requests that were written before the pipe closed are answered', async (t) => {
  const host = start(t);
  const answers = [host.ask('hello'), host.ask('status'), host.ask('hello')];
  const end = host.close();
  for (const answer of answers) assert.ok((await answer).result);
  assert.deepEqual(await end, { code: 0, signal: null });
});
