// SPDX-License-Identifier: Apache-2.0
// The main job from end to end, by clicks and typing alone: trust the site, read the key, annual inspection, test stamp, PDF.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test from 'node:test';
import { browsers, start } from '../../browser/support/browser.mjs';
import { pin, unit } from '../../browser/support/demonstration.mjs';
import { realHost } from '../../browser/support/host.mjs';
import { Portal, keep } from '../../browser/support/journey.mjs';
import { drawn, likeness, squareOf, stampOn, turned } from '../support/pictures.mjs';
import { Api, holding, pictures, stage } from '../support/portal.mjs';

const patience = { timeout: 180_000 };

for (const name of browsers) {
  test(`${name}: trust, read, annual inspection, test stamp, PDF`, patience, async (t) => {
    const demo = await stage(t);
    const folder = pictures(`journey-${name}`);
    const before = holding(demo);
    const browser = await start(t, name, { host: realHost(demo.folder, demo.policy, demo.key.environment) });
    const portal = await Portal.enter(browser, demo.origin, folder);
    demo.answer('accept', 'accept', `pin ${pin}`); // trust, consent, PIN; a further question would find no answer

    await portal.trust();
    await portal.readKey();
    await t.test('the page shows what the key holds', async () => {
      for (const words of [unit, `${unit}公章`, '签名证书', '加密证书', demo.serial]) await portal.sees(words);
    });

    const number = await portal.orderInspection();
    assert.equal(demo.questions().length, 1, 'up to here one question: trust');
    await portal.inspect();
    await portal.testStamp();
    const pdf = keep(folder, 'stamped.pdf', await portal.savedDocument());

    await t.test('one consent and one PIN for the order', () => {
      assert.deepEqual(demo.questions().map((line) => line.split(':')[0].split(' ')[0]), ['confirm', 'confirm', 'pin']);
    });
    await t.test('the portal verified the receipt and closed the order', async () => {
      const order = await (await Api.login(demo.origin)).order(number);
      assert.equal(order.state, 'done');
      assert.ok(order.writtenAt && order.testStampedAt);
    });
    await t.test('the key holds the new certificate and seal and nothing else that is new', () => {
      const after = holding(demo);
      assert.deepEqual(after.encryption, before.encryption);
      assert.equal(after.signing.length, 1);
      assert.ok(after.signing[0].hasPrivateKey);
      assert.notEqual(after.signing[0].sha256, before.signing[0].sha256);
      assert.deepEqual(after.seals.map(({ id }) => id), before.seals.map(({ id }) => id));
      assert.notEqual(after.seals[0].sha256, before.seals[0].sha256);
      assert.equal(after.pending, null);
    });
    await t.test('pdfsig: valid, whole document', () => {
      const told = execFileSync('pdfsig', ['-nocert', pdf]).toString();
      assert.match(told, /Signature Validation: Signature is Valid\./);
      assert.match(told, /Total document signed/);
      assert.equal(told.match(/^Signature #/gm).length, 1);
    });
    await t.test('pdftoppm: the stamp is there, whole and upright', async () => {
      const [seal] = JSON.parse(demo.sealferry('read', '--json')).seals;
      const stamp = stampOn(drawn(pdf, demo.folder));
      assert.ok(stamp, 'there is something red');
      assert.ok(Math.abs(stamp.widthMm - seal.widthMm) < 0.6 && Math.abs(stamp.heightMm - seal.heightMm) < 0.6, `${stamp.widthMm} × ${stamp.heightMm} mm`);
      assert.ok(stamp.leftMm > 65 && stamp.leftMm + stamp.widthMm < 145 && stamp.topMm > 143 && stamp.topMm + stamp.heightMm < 213, 'inside the box');
      const wanted = await squareOf(portal.page, `data:${seal.picture.mediaType};base64,${seal.picture.data}`);
      const upright = likeness(stamp.square, wanted);
      assert.ok(upright > 0.95, `it looks like the seal: ${upright}`);
      for (const [way, turn] of Object.entries(turned)) assert.ok(likeness(stamp.square, turn(wanted)) < upright - 0.1, `it is not ${way}`);
    });
  });
}
