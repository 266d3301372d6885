// SPDX-License-Identifier: Apache-2.0
// 文件盖章 as a person does it: chooses a file, clicks a place on its page, allows stamping, types the PIN, saves the document.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { browsers, start } from '../../browser/support/browser.mjs';
import { pin, unit } from '../../browser/support/demonstration.mjs';
import { build } from '../../browser/support/folders.mjs';
import { realHost } from '../../browser/support/host.mjs';
import { Portal, keep } from '../../browser/support/journey.mjs';
import { waitFor } from '../../browser/support/wait.mjs';
import { makePdf, pdfsig } from '../../host/support/pdf.mjs';
import { sha256, signedOrder } from '../support/forge.mjs';
import { drawn, stampOn } from '../support/pictures.mjs';
import { pictures, read, stage } from '../support/portal.mjs';

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

/** One more seal on the demonstration's key: made by its PKI, written with an order. */
function addSeal(demo, id, name) {
  const { serial, certificates } = read(demo);
  const certificate = certificates.find(({ use }) => use === 'signing');
  const [pem, seal, order] = ['signing.pem', 'second.esl', 'second.order'].map((file) => join(demo.folder, file));
  writeFileSync(pem, certificate.pem);
  execFileSync(join(build, 'bin', 'sealferry-demo-pki'), ['make-seal', demo.pki, '--unit', unit, '--certificate', pem, '--id', id, '--name', name, '--shape', 'contract', '--out', seal]);
  const after = (minutes) => new Date(Date.now() + minutes * 60_000).toISOString().replace(/\.\d+/, '');
  writeFileSync(order, signedOrder(demo.pki, {
    type: 'sealferry-work-order', version: 1, order: '20260000001', operation: 'issue', origin: demo.origin, key: { serial, certificateSha256: certificate.sha256 },
    write: { seals: [{ id, sha256: sha256(readFileSync(seal)) }], signCertificateSha256: null, encryptionCertificateSha256: null },
    replaces: [], allowInPlace: false, notBefore: after(-1), notAfter: after(60), nonce: Buffer.alloc(16, 7).toString('base64'),
  }, demo.folder));
  demo.answer('accept', `pin ${pin}`);
  demo.sealferry('write', '--order', order, '--seal', seal);
}

/** What the page offers to choose from: name, whether its picture is shown, whether it is the chosen one. */
const offered = (page) => page.evaluate(() => [...document.querySelectorAll('.seals label')].map((label) => ({
  name: label.querySelector('.seal').innerText.split('\n')[0], picture: label.querySelector('img')?.naturalWidth > 0, chosen: label.classList.contains('is-checked'),
})));

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

for (const name of browsers)
  test(`${name}: a key with two seals stamps with the one that was chosen`, { timeout: 180_000 }, async (t) => {
    const demo = await stage(t);
    const second = '合同专用章';
    addSeal(demo, '15060000000002', second);
    const folder = pictures(`document-seals-${name}`);
    const browser = await start(t, name, { host: realHost(demo.folder, demo.policy, demo.key.environment) });
    const portal = await Portal.enter(browser, demo.origin, folder);
    const before = demo.questions().length;
    demo.answer('accept', 'accept', 'accept', `pin ${pin}`); // trust, the right to stamp, consent, PIN
    await portal.trust();
    await portal.go('/document');
    await portal.sees('锁内有多个签章，请选择');
    await waitFor(portal.page, () => [...document.querySelectorAll('.seals img')].filter((one) => one.complete).length === 2);
    const choice = await offered(portal.page);
    assert.deepEqual(choice.map((one) => one.name).sort(), [`${unit}公章`, second].sort());
    assert.deepEqual(choice.map(({ picture, chosen }) => [picture, chosen]), [[true, true], [true, false]]);
    const other = choice.find(({ chosen }) => !chosen).name;
    const label = await waitFor(portal.page, (wanted) => [...document.querySelectorAll('.seals label')].find((one) => one.innerText.includes(wanted)), [other]);
    await label.asElement().click();
    assert.equal((await offered(portal.page)).find(({ chosen }) => chosen).name, other);
    await portal.picture('seals');
    const [file, bytes] = [join(demo.folder, 'contract.pdf'), makePdf({ pages: 1 })];
    writeFileSync(file, bytes);
    await (await waitFor(portal.page, () => document.querySelector('#file'))).asElement().uploadFile(file);
    await waitFor(portal.page, () => document.querySelectorAll('.pages canvas').length === 1);
    await clickOnSheet(portal.page, { x: 60, y: 70 });
    await portal.sees('已选：第 1 页');
    await portal.click('盖章');
    await portal.sees('盖章成功，验证通过');
    await waitFor(portal.page, () => document.querySelectorAll('.pages canvas').length === 1);
    await portal.picture('stamped');
    const consent = demo.questions().slice(before)[2];
    assert.ok(consent.includes(other), consent);
  });
