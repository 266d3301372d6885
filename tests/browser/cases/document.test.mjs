// SPDX-License-Identifier: Apache-2.0
// A page has a document of its own stamped: the whole line, from a Blob to a Blob, with windows that answer by themselves.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { ask, browsers, open, start } from '../support/browser.mjs';
import { scratch } from '../support/folders.mjs';
import { realHost } from '../support/host.mjs';
import { softKey } from '../support/key.mjs';
import { serve } from '../support/site.mjs';
import { KeyWithSeal, pin } from '../../host/support/key-with-seal.mjs';
import { makePdf, pdfsig, sha256 } from '../../host/support/pdf.mjs';

const bytes = makePdf({ pages: 4, ballast: 5e6 });

async function begin(t, name) {
  const folder = scratch();
  const site = await serve(t, { '/contract.pdf': () => bytes });
  const keys = new KeyWithSeal(folder, softKey(folder), site.origin);
  const prompt = join(folder, 'prompt');
  const policy = {
    ...keys.policy(), allowLocalhost: true, siteRights: { [site.origin]: ['read', 'write', 'test', 'stamp'] },
    development: { prompt, userFolder: join(folder, 'user') },
  };
  const browser = await start(t, name, { host: realHost(folder, policy, keys.key.environment) });
  return {
    folder, tab: await open(browser, site.origin),
    answer: (...lines) => writeFileSync(prompt, lines.map((line) => `${line}\n`).join('')),
    questions: () => (existsSync(`${prompt}.log`) ? readFileSync(`${prompt}.log`, 'utf8').trim().split('\n') : []),
  };
}

const blob = "new Blob([await (await fetch('/contract.pdf')).arrayBuffer()], { type: 'application/pdf' })";

for (const name of browsers) {
  test(`${name}: a page has a Blob of 5 MB stamped, sees how far it is, and gets a Blob that others find valid`, async (t) => {
    const d = await begin(t, name);
    d.answer('accept', `pin ${pin}`);
    const { value, error } = await ask(d.tab, `connect().then(async (control) => {
      const [progress, windows] = [[], []];
      const { document, ...told } = await control.stampDocument(${blob}, {
        at: { x: 150, y: 240 }, pages: '1,3-last', name: '合同.pdf', reason: '投标',
        onProgress: (news) => progress.push(news), onStep: ({ kind, what }) => kind === 'prompt' && windows.push(what),
      });
      const report = await control.verifyDocument(document);
      const text = await new Promise((resolve) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
        reader.readAsDataURL(document);
      });
      return { told, report, progress, windows, text, type: document.type };
    })`);
    assert.equal(error, undefined, JSON.stringify(error));
    const stamped = Buffer.from(value.text, 'base64');
    assert.ok(stamped.subarray(0, bytes.length).equals(bytes), 'the original comes first, byte for byte');
    assert.deepEqual([sha256(stamped), value.type], [value.told.sha256, 'application/pdf']);
    assert.deepEqual([value.told.report.verdict, value.report.verdict, value.told.stamps.map(({ page }) => page)], ['valid', 'valid', [1, 3, 4]]);
    const judged = pdfsig(d.folder, stamped);
    assert.deepEqual([judged.valid, judged.whole], [1, 1], judged.said);

    const sent = value.progress.filter(({ step }) => step === 'send');
    assert.ok(sent.length >= 9 && sent.every(({ done, total }, i) => total === bytes.length && done > (sent[i - 1]?.done ?? 0)));
    assert.equal(sent.at(-1).done, bytes.length);
    assert.deepEqual([...new Set(value.progress.map(({ step }) => step))], ['send', 'stamp', 'verify', 'fetch']);
    assert.equal(value.progress.at(-1).done, stamped.length - bytes.length, 'the increment alone came back');
    assert.deepEqual(value.windows, ['confirm', 'closed', 'pin', 'closed']);
    assert.ok(d.questions()[0].includes('“合同.pdf”') && d.questions()[0].includes(`${bytes.length} 字节`));
  });

  test(`${name}: a page that aborts while it sends, or refuses the window, gets no document and may try again`, async (t) => {
    const d = await begin(t, name);
    d.answer('refuse', 'accept', `pin ${pin}`);
    const { value, error } = await ask(d.tab, `connect().then(async (control) => {
      const document = ${blob};
      const wish = { at: { x: 150, y: 240 } };
      const abort = new AbortController();
      const ends = async (more) => control.stampDocument(document, { ...wish, ...more }).then(({ report }) => report.verdict, ({ name }) => name);
      return [await ends({ signal: abort.signal, onProgress: () => abort.abort() }), await ends(), await ends()];
    })`);
    assert.equal(error, undefined, JSON.stringify(error));
    assert.deepEqual(value, ['cancelled', 'cancelled', 'valid']);
    assert.equal(d.questions().length, 3, 'no window for what was aborted while it was sent');
  });
}
