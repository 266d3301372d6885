// SPDX-License-Identifier: Apache-2.0
// 文件盖章 as a person does it: chooses a file, clicks a place on its page, allows stamping, types the PIN, saves the document.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { browsers, start } from '../../browser/support/browser.mjs';
import { pin } from '../../browser/support/demonstration.mjs';
import { realHost } from '../../browser/support/host.mjs';
import { Portal, keep } from '../../browser/support/journey.mjs';
import { waitFor } from '../../browser/support/wait.mjs';
import { makePdf, pdfsig } from '../../host/support/pdf.mjs';
import { drawn, stampOn } from '../support/pictures.mjs';
import { pictures, stage } from '../support/portal.mjs';

/**
 * Clicks on the first sheet, so many millimetres from its upper left corner. (Puppeteer's own offsets count from the corner of what is
 * to be seen of an element, which is another one once the sheet is scrolled.)
 */
async function clickOnSheet(page, { x, y }) {
  const point = await page.evaluate(([across, down]) => {
    const sheet = document.querySelector('.pages canvas');
    sheet.scrollIntoView({ block: 'start' });
    const { left, top, width, height } = sheet.getBoundingClientRect();
    return { x: left + (across / 209.9) * width, y: top + (down / 297) * height };
  }, [x, y]);
  await page.mouse.click(point.x, point.y);
}

for (const name of browsers)
  test(`${name}: a person's own document is stamped where they clicked`, { timeout: 180_000 }, async (t) => {
    const demo = await stage(t);
    const folder = pictures(`document-${name}`);
    const browser = await start(t, name, { host: realHost(demo.folder, demo.policy, demo.key.environment) });
    const portal = await Portal.enter(browser, demo.origin, folder);
    demo.answer('accept', 'accept', 'accept', `pin ${pin}`); // trust, the right to stamp, consent, PIN
    await portal.trust();
    await portal.go('/document');
    // In ASCII: where zh_CN is not installed, Chromium cannot open other names.
    const [file, bytes] = [join(demo.folder, 'contract.pdf'), makePdf({ pages: 2, ballast: 300_000 })];
    writeFileSync(file, bytes);
    await (await waitFor(portal.page, () => document.querySelector('#file'))).asElement().uploadFile(file);
    await waitFor(portal.page, () => document.querySelectorAll('.pages canvas').length === 2);
    const wanted = { x: 60, y: 70 }; // mm of an A4 page
    await clickOnSheet(portal.page, wanted);
    await portal.sees(`已选：第 1 页，距左 ${wanted.x} 毫米，距上 ${wanted.y} 毫米`);
    await portal.click('在印章下印上签章人、时间和事由（骑缝章除外）');
    await portal.picture('place');
    await portal.click('盖章');
    await portal.sees('盖章成功，验证通过');
    await waitFor(portal.page, () => [...document.querySelectorAll('.pages canvas')].length === 2);
    await portal.picture('stamped');

    const saved = keep(folder, 'stamped.pdf', await portal.savedDocument());
    const stamped = readFileSync(saved);
    assert.ok(stamped.subarray(0, bytes.length).equals(bytes));
    assert.equal(pdfsig(demo.folder, stamped).valid, 1);
    assert.match(execFileSync('pdftotext', ['-l', '1', saved, '-'], { encoding: 'utf8' }), /签章人/);
    const stamp = stampOn(drawn(saved, demo.folder));
    assert.ok(stamp, 'there is something red');
    assert.ok(Math.abs(stamp.leftMm + stamp.widthMm / 2 - wanted.x) < 2 && Math.abs(stamp.topMm + stamp.heightMm / 2 - wanted.y) < 2, JSON.stringify({ ...stamp, square: undefined }));
    assert.deepEqual(demo.questions().map((line) => line.split(':')[0]), ['confirm', 'confirm', 'confirm', 'pin']);
    assert.ok(demo.questions()[2].includes('“contract.pdf”'));
  });
