// SPDX-License-Identifier: Apache-2.0
// 文件盖章 as a person does it: chooses a file, clicks a place on its page, allows stamping, types the PIN, saves the document.
import assert from 'node:assert/strict';
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

for (const name of browsers)
  test(`${name}: a person's own document is stamped where they clicked`, { timeout: 180_000 }, async (t) => {
    const demo = await stage(t);
    const folder = pictures(`document-${name}`);
    const browser = await start(t, name, { host: realHost(demo.folder, demo.policy, demo.key.environment) });
    const portal = await Portal.enter(browser, demo.origin, folder);
    demo.answer('accept', 'accept', 'accept', `pin ${pin}`); // trust, the right to stamp, consent, PIN
    await portal.trust();
    await portal.go('/document');
    const [file, bytes] = [join(demo.folder, '合同.pdf'), makePdf({ pages: 2, ballast: 300_000 })];
    writeFileSync(file, bytes);
    await (await waitFor(portal.page, () => document.querySelector('#file'))).asElement().uploadFile(file);
    const sheet = (await waitFor(portal.page, () => document.querySelectorAll('.pages canvas').length === 2 && document.querySelector('.pages canvas'))).asElement();
    await sheet.evaluate((one) => one.scrollIntoView({ block: 'start' }));
    const { width } = await sheet.boundingBox();
    const wanted = { x: 60, y: 70 }; // mm of an A4 page
    await sheet.click({ offset: { x: (wanted.x / 209.9) * width, y: (wanted.y / 209.9) * width } });
    await portal.sees('已选：第 1 页');
    await portal.picture('place');
    await portal.click('盖章');
    await portal.sees('盖章成功，验证通过');
    await waitFor(portal.page, () => [...document.querySelectorAll('.pages canvas')].length === 2);
    await portal.picture('stamped');

    const saved = keep(folder, 'stamped.pdf', await portal.savedDocument());
    const stamped = readFileSync(saved);
    assert.ok(stamped.subarray(0, bytes.length).equals(bytes));
    assert.equal(pdfsig(demo.folder, stamped).valid, 1);
    const stamp = stampOn(drawn(saved, demo.folder));
    assert.ok(stamp, 'there is something red');
    assert.ok(Math.abs(stamp.leftMm + stamp.widthMm / 2 - wanted.x) < 2 && Math.abs(stamp.topMm + stamp.heightMm / 2 - wanted.y) < 2, JSON.stringify({ ...stamp, square: undefined }));
    assert.deepEqual(demo.questions().map((line) => line.split(':')[0]), ['confirm', 'confirm', 'confirm', 'pin']);
    assert.ok(demo.questions()[2].includes('“合同.pdf”'));
  });
