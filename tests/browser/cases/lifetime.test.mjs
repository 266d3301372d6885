// SPDX-License-Identifier: Apache-2.0
// Pages, windows and installations come and go at the wrong moment.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { ask, browsers, open, start, told } from '../support/browser.mjs';
import { extension, scratch } from '../support/folders.mjs';
import { realHost } from '../support/host.mjs';
import { page, serve } from '../support/site.mjs';
import { waitFor } from '../support/wait.mjs';

// A button that asks to be trusted; the host's window stays open until somebody ends it.
const waiting = page(`<button id="ask">加入</button><button id="stop">取消</button><script type="module">
window.news = [];
const stop = new AbortController();
document.getElementById('ask').addEventListener('click', async () => {
  const control = await window.sealferry.connect();
  const done = control.trustSite({ signal: stop.signal, onStep: (step) => { window.news.push(step.what); console.log('window ' + step.what); } });
  done.then((outcome) => (window.ended = outcome), (error) => (window.ended = error.name));
});
document.getElementById('stop').addEventListener('click', () => stop.abort());
</script>`);

async function begin(t, name) {
  const site = await serve(t, { '/': page(), '/waiting': waiting });
  const folder = scratch();
  const prompt = join(folder, 'prompt');
  writeFileSync(prompt, 'wait\nwait\n');
  const host = realHost(folder, { allowLocalhost: true, development: { prompt, userFolder: folder } });
  const browser = await start(t, name, { host });
  const other = await open(browser, site.origin);
  await ask(other, 'connect().then((c) => { window.control = c; })');
  const tab = await open(browser, `${site.origin}/waiting`);
  await ask(tab, 'connect().then(() => 1)');
  const opened = told(tab, 'window');
  await tab.click('#ask');
  await opened;
  return { site, browser, tab, other, host, asked: () => existsSync(`${prompt}.log`) && readFileSync(`${prompt}.log`, 'utf8') };
}

for (const name of browsers) {
  test(`${name}: the page is told that a window is open, and closes it by aborting`, async (t) => {
    const { tab } = await begin(t, name);
    assert.deepEqual(await tab.evaluate(() => window.news), ['trust']);
    await tab.click('#stop');
    await waitFor(tab, () => window.ended, [], 10_000);
    assert.equal(await tab.evaluate(() => window.ended), 'cancelled');
  });

  test(`${name}: a window closes with the page it was opened for, and others go on`, async (t) => {
    const { tab, browser, site, host } = await begin(t, name);
    const second = await open(browser, site.origin);
    await tab.close();
    const began = Date.now();
    assert.equal((await ask(second, 'status()')).value.site.origin, site.origin);
    assert.ok(Date.now() - began < 10_000);
    assert.equal(host.pids().length, 1);
  });

  test(`${name}: another page meanwhile learns that the key is busy, and does not wait for ever`, async (t) => {
    const { browser, site } = await begin(t, name);
    const second = await open(browser, site.origin);
    const { error } = await ask(second, 'connect()');
    assert.equal(error.name, 'key_busy');
    assert.equal(error.retry, true);
  });

  test(`${name}: what would open a second window is refused at once, not put in a queue behind the first`, async (t) => {
    const { other, asked } = await begin(t, name);
    const began = Date.now();
    for (const call of ['trustSite()', 'changePin()', `login({ nonce: '${'A'.repeat(43)}=' })`]) {
      const { error } = await ask(other, `window.control.${call}`);
      assert.deepEqual([error.name, error.detail?.holder], ['key_busy', 'browser'], call);
    }
    assert.ok(Date.now() - began < 3000);
    assert.equal(asked().trim().split('\n').length, 1);
  });

  test(`${name}: navigating away is leaving, too`, async (t) => {
    const { browser, site, tab } = await begin(t, name);
    const second = await open(browser, site.origin);
    await tab.goto(site.origin);
    assert.equal((await ask(second, 'connect().then((c) => c.hello())')).value.protocol, 1);
  });

  test(`${name}: a page that was open before the extension came works without a reload`, async (t) => {
    const site = await serve(t);
    const host = realHost(scratch(), { allowLocalhost: true });
    const browser = await start(t, name, { host, extension: false });
    const tab = await open(browser, site.origin);
    await tab.evaluate(() => (window.filledIn = 'kept'));
    assert.equal((await ask(tab, 'status()')).value.first.layer, 'extension');
    await browser.installExtension(extension);
    let value;
    for (let i = 0; i < 10 && value?.layers[0].state !== 'ok'; i += 1) ({ value } = await ask(tab, 'status()'));
    assert.equal(value.layers[0].state, 'ok');
    assert.equal(value.site.origin, site.origin);
    assert.equal(await tab.evaluate(() => window.filledIn), 'kept');
  });
}
