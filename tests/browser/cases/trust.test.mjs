// SPDX-License-Identifier: Apache-2.0
// "Trust this site?": a native question, only after the user's own click, once in a document's life.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { ask, browsers, open, start, told } from '../support/browser.mjs';
import { scratch } from '../support/folders.mjs';
import { realHost } from '../support/host.mjs';
import { page, serve } from '../support/site.mjs';

const button = `<button id="join">加入</button><script type="module">
document.getElementById('join').addEventListener('click', async () => {
  try { console.log('outcome ' + (await (await window.sealferry.connect()).trustSite())); }
  catch (e) { console.log('outcome ' + e.name + ' ' + (e.detail?.reason ?? '')); }
});
</script>`;

/** A site with that button, and a host whose windows answer by themselves. @param {string[]} answers */
async function begin(t, name, answers) {
  const site = await serve(t, { '/': page(button), '/eager': page(`${button}<script type="module">document.getElementById('join').click()</script>`) });
  const folder = scratch();
  const prompt = join(folder, 'prompt');
  writeFileSync(prompt, `${answers.join('\n')}\n`);
  const host = realHost(folder, { allowLocalhost: true, development: { prompt, userFolder: folder } });
  const browser = await start(t, name, { host });
  const tab = await open(browser, site.origin);
  await ask(tab, 'connect().then(() => 1)');
  const questions = () => (existsSync(`${prompt}.log`) ? readFileSync(`${prompt}.log`, 'utf8') : '');
  return { site, tab, questions };
}

/** Clicks, as a person would, and waits for what comes of it. */
async function click(tab) {
  const outcome = told(tab, 'outcome');
  await tab.click('#join');
  return outcome;
}

for (const name of browsers) {
  test(`${name}: a click, a question that names the site, and the site may read`, async (t) => {
    const { site, tab, questions } = await begin(t, name, ['accept']);
    assert.equal(await click(tab), 'granted');
    assert.ok(questions().includes(site.origin));
    const { value } = await ask(tab, 'status()');
    assert.equal(value.site.trustedBy, 'user');
    assert.deepEqual(value.site.rights, ['read', 'write', 'test']);
  });

  test(`${name}: a refusal stands for the life of the document, whatever the page tries`, async (t) => {
    const { tab, questions } = await begin(t, name, ['refuse', 'accept']);
    assert.equal(await click(tab), 'denied');
    const asked = questions();
    assert.equal(await click(tab), 'origin_not_trusted gesture');
    assert.equal(questions(), asked);
    await tab.reload();
    await ask(tab, 'connect().then(() => 1)');
    assert.equal(await click(tab), 'granted');
  });

  test(`${name}: a click made by the page's own script is none`, async (t) => {
    const { tab, site, questions } = await begin(t, name, ['accept']);
    const outcome = told(tab, 'outcome');
    await tab.goto(`${site.origin}/eager`);
    assert.equal(await outcome, 'origin_not_trusted gesture');
    assert.equal(questions(), '');
  });
}
