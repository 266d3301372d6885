// SPDX-License-Identifier: Apache-2.0
// Page → bridge → background → the real host, and everything a page may try on that way.
import assert from 'node:assert/strict';
import test from 'node:test';
import { ask, browsers, open, start } from '../support/browser.mjs';
import { scratch } from '../support/folders.mjs';
import { isAlive, misbehavingHost, realHost } from '../support/host.mjs';
import { page, serve } from '../support/site.mjs';

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The frame whose address has this path. */
async function frameAt(tab, path) {
  for (let i = 0; i < 100; i += 1, await pause(50)) {
    const frame = tab.frames().find((candidate) => candidate.url().includes(path));
    if (frame) return frame;
  }
  throw new Error(`no frame at ${path}`);
}

/** Knocks at the bridge by hand, without the library, and sends; answers what came back within a while. */
const byHand = (to, messages, wait = 700) => `new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  const heard = [];
  port1.onmessage = ({ data }) => heard.push(data);
  ${to}.postMessage('sealferry:hello', '*', [port2]);
  for (const message of ${messages}) { try { port1.postMessage(message); } catch { /* cannot be cloned */ } }
  setTimeout(() => done(JSON.stringify(heard)), ${wait});
})`;

const heard = async (frame, to, messages = '[]', wait = undefined) => JSON.parse(await frame.evaluate(byHand(to, messages, wait)));

async function begin(t, name, pages = {}, policy = { allowLocalhost: true }) {
  const site = await serve(t, pages);
  const folder = scratch();
  const host = realHost(folder, typeof policy === 'function' ? policy(site) : policy);
  const browser = await start(t, name, { host });
  return { site, host, browser, tab: await open(browser, site.origin) };
}

for (const name of browsers) {
  test(`${name}: hello reaches the real host and comes back`, async (t) => {
    const { tab, site } = await begin(t, name);
    const { value } = await ask(tab, 'connect().then((c) => c.hello())');
    assert.equal(value.protocol, 1);
    assert.match(value.host, /^\d+\.\d+\.\d+$/);
    assert.ok(value.features.includes('annualInspection'));
    const status = (await ask(tab, 'status()')).value;
    assert.equal(status.site.origin, site.origin);
    assert.deepEqual(status.site.rights, []);
    assert.equal(status.first.layer, 'site');
  });

  test(`${name}: https with its own origin`, async (t) => {
    const site = await serve(t, {}, { secure: true });
    const host = realHost(scratch(), { trustedSites: [site.origin] });
    const tab = await open(await start(t, name, { host }), site.origin);
    const { value } = await ask(tab, 'status()');
    assert.equal(value.site.trustedBy, 'policy');
    assert.ok(value.site.rights.includes('write'));
  });

  test(`${name}: a site nobody trusts reads nothing`, async (t) => {
    const { tab } = await begin(t, name);
    assert.equal((await ask(tab, 'connect().then((c) => c.readKey())')).error.name, 'origin_not_trusted');
  });

  test(`${name}: plain http elsewhere gets nothing but insecure_context`, async (t) => {
    const { site, browser } = await begin(t, name);
    const tab = await open(browser, `http://127.0.0.1:${site.port}/`);
    assert.equal((await ask(tab, 'connect().then((c) => c.listKeys())')).error.name, 'insecure_context');
    assert.equal((await ask(tab, 'connect().then((c) => c.trustSite())')).error.name, 'insecure_context');
    assert.equal((await ask(tab, 'status()')).value.site.mayAsk, false);
  });

  test(`${name}: plain http that machine policy names may go on`, async (t) => {
    const site = await serve(t);
    const origin = `http://127.0.0.1:${site.port}`;
    const host = realHost(scratch(), { allowHttp: [origin], trustedSites: [origin] });
    const tab = await open(await start(t, name, { host }), origin);
    assert.equal((await ask(tab, "connect().then((c) => c.on('keyInserted', () => {})).then(() => 'listening')")).value, 'listening');
  });

  test(`${name}: the host is killed, and the next call starts it again`, async (t) => {
    const { tab, host } = await begin(t, name);
    await ask(tab, 'connect().then(() => 1)');
    const [first] = host.pids();
    process.kill(first, 'SIGKILL'); // the next call may well be on its way before the browser notices
    const { value } = await ask(tab, 'connect().then((c) => c.hello())');
    assert.equal(value.protocol, 1);
    assert.equal(host.pids().length, 2);
  });

  test(`${name}: a call in flight learns that the host was killed`, async (t) => {
    const site = await serve(t);
    const host = misbehavingHost(scratch(), 'silence');
    const tab = await open(await start(t, name, { host }), site.origin);
    const call = ask(tab, 'connect()');
    for (let i = 0; i < 100 && host.pids().length === 0; i += 1) await pause(50);
    await pause(300);
    const began = Date.now();
    process.kill(host.pids()[0], 'SIGKILL');
    assert.equal((await call).error.name, 'host_stopped');
    assert.ok(Date.now() - began < 3000);
  });

  test(`${name}: the host ends with the browser`, async (t) => {
    const site = await serve(t);
    const host = realHost(scratch(), { allowLocalhost: true });
    const browser = await start(t, name, { host });
    await ask(await open(browser, site.origin), 'connect().then(() => 1)');
    const [pid] = host.pids();
    assert.ok(isAlive(pid));
    await browser.close();
    for (let i = 0; i < 100 && isAlive(pid); i += 1) await pause(50);
    assert.equal(isAlive(pid), false);
  });

  test(`${name}: a sandboxed frame has no origin and gets nothing`, async (t) => {
    const pages = { '/': page('<iframe sandbox="allow-scripts" src="/inner"></iframe>'), '/inner': page() };
    const { tab } = await begin(t, name, pages, (site) => ({ allowLocalhost: true, trustedSites: [site.origin] }));
    assert.equal((await ask(await frameAt(tab, '/inner'), 'connect()')).error.name, 'origin_not_trusted');
    assert.ok((await ask(tab, 'status()')).value.site.rights.includes('read'));
  });

  test(`${name}: a frame of the same site works, one of another site is refused by its own origin`, async (t) => {
    const other = await serve(t, { '/other': page() });
    const pages = { '/': page(`<iframe src="/same"></iframe><iframe src="${other.origin}/other"></iframe>`), '/same': page() };
    const policy = (site) => ({ allowLocalhost: true, trustedSites: [site.origin, other.origin] });
    const { tab, site } = await begin(t, name, pages, policy);
    const same = (await ask(await frameAt(tab, '/same'), 'status()')).value;
    assert.equal(same.site.origin, site.origin);
    assert.ok(same.site.rights.includes('read'));
    const foreign = await frameAt(tab, '/other');
    const { value } = await ask(foreign, 'status()');
    assert.equal(value.site.origin, other.origin);
    assert.deepEqual(value.site.rights, []);
    assert.equal((await ask(foreign, 'connect().then((c) => c.listKeys())')).error.name, 'origin_not_trusted');
  });

  test(`${name}: nameless frames have no bridge, and nobody knocks at another window's`, async (t) => {
    const inner = '<iframe id="blank"></iframe><iframe id="written" srcdoc="<p>x</p>"></iframe><iframe src="/child"></iframe>';
    const { tab } = await begin(t, name, { '/': page(inner), '/child': page() });
    assert.equal((await heard(tab, 'window')).length, 1);
    for (const id of ['blank', 'written']) {
      assert.deepEqual(await heard(tab, `document.getElementById('${id}').contentWindow`), [], id);
    }
    assert.deepEqual(await heard(await frameAt(tab, '/child'), 'parent'), []);
  });

  test(`${name}: what a page says about itself is refused, not believed`, async (t) => {
    const { tab } = await begin(t, name, {}, { trustedSites: ['https://ca.example'], allowLocalhost: true });
    const forged = `[
      { jsonrpc: '2.0', id: 1, method: 'listKeys', params: {}, origin: 'https://ca.example', topOrigin: 'https://ca.example' },
      { jsonrpc: '2.0', id: 2, method: 'listKeys', params: { origin: 'https://ca.example' } },
      { jsonrpc: '2.0', id: 3, method: 'trustSite', params: {}, gesture: true },
      { message: { jsonrpc: '2.0', id: 4, method: 'trustSite', params: {} }, gesture: true },
      { jsonrpc: '2.0', id: 5, method: 'hello', params: { extension: { version: '9', protocol: 9 } } },
    ]`;
    const answers = await heard(tab, 'window', forged, 1500);
    const byId = Object.fromEntries(answers.filter(({ id }) => id).map((answer) => [answer.id, answer]));
    assert.equal(byId[1].error.data.name, 'bad_request');
    assert.match(byId[2].error.data.name, /^(bad_request|origin_not_trusted)$/);
    assert.equal(byId[3].error.data.name, 'bad_request');
    assert.equal(byId[4], undefined);
    assert.equal(byId[5].result.protocol, 1);
  });

  test(`${name}: junk changes nothing for those who come after it`, async (t) => {
    const { tab, host } = await begin(t, name);
    const junk = `[null, 1, 'x', [], {}, { id: 1 }, { jsonrpc: '2.0', id: {}, method: 'hello' }, { jsonrpc: '2.0', id: 1, method: '' },
      { jsonrpc: '2.0', id: 2, method: 'constructor', params: {} }, { jsonrpc: '2.0', id: 3, method: 'hello', params: [] },
      { jsonrpc: '2.0', id: 1n, method: 'hello' }, (() => { const o = {}; o.self = o; return o; })(), new Blob(['x']), () => 1,
      { jsonrpc: '2.0', id: 'x'.repeat(100), method: 'hello' }, { jsonrpc: '2.0', id: 4, method: 'hello', params: { client: 'x'.repeat(7 << 20) } },
      ...Array.from({ length: 2000 }, (_, n) => ({ jsonrpc: '2.0', id: 1000 + n, method: 'm' + 'x'.repeat(n % 60), params: {} }))]`;
    await tab.evaluate(`for (const m of [1, {}, 'sealferry:hello', ['sealferry:hello'], { ready: 'x' }]) window.postMessage(m, '*')`);
    const answers = await heard(tab, 'window', junk, 4000);
    const byId = Object.fromEntries(answers.filter(({ id }) => id).map((answer) => [answer.id, answer]));
    assert.equal(byId[2].error.data.name, 'unknown_method');
    assert.equal(byId[3].error.data.name, 'bad_request');
    assert.equal(byId[4].error.data.name, 'too_large');
    assert.equal((await ask(tab, 'connect().then((c) => c.hello())')).value.protocol, 1);
    assert.equal(host.pids().length, 1);
  });

  test(`${name}: calls of two sites at once never mix`, async (t) => {
    const { browser, tab, site } = await begin(t, name);
    const other = await serve(t);
    const second = await open(browser, other.origin);
    const many = 'Promise.all(Array.from({ length: 25 }, () => status().then((s) => s.site.origin)))';
    const [here, there] = await Promise.all([ask(tab, many), ask(second, many)]);
    assert.deepEqual([...new Set(here.value)], [site.origin]);
    assert.deepEqual([...new Set(there.value)], [other.origin]);
  });

  test(`${name}: the host goes when the last page has gone`, async (t) => {
    const { browser, tab, host } = await begin(t, name);
    await ask(tab, 'connect().then(() => 1)');
    const [pid] = host.pids();
    await browser.newPage();
    await tab.close();
    for (let i = 0; i < 160 && isAlive(pid); i += 1) await pause(100);
    assert.equal(isAlive(pid), false);
  });
}
