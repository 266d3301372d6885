// SPDX-License-Identifier: Apache-2.0
// The same journey on other keys: SM2 certificates on a soft SKF key, RSA on a USB-KEY made of software behind pcscd and OpenSC.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test from 'node:test';
import { browsers, start } from '../../browser/support/browser.mjs';
import { pin, unit } from '../../browser/support/demonstration.mjs';
import { realHost } from '../../browser/support/host.mjs';
import { Portal, keep } from '../../browser/support/journey.mjs';
import { VirtualKey } from '../../card/support/virtual-key.mjs';
import { drawn, stampOn } from '../support/pictures.mjs';
import { Api, holding, pictures, stage } from '../support/portal.mjs';
import { SoftKey } from '../support/soft-key.mjs';

const keys = {
  'soft SKF key, SM2': { make: () => (folder) => new SoftKey(folder), algorithm: 'sm2', readers: false },
  'virtual USB-KEY, RSA': { make: (t) => (folder) => VirtualKey.plugged(t, folder), algorithm: 'rsa', readers: true },
};

/** Who can judge the document: our own verifier always, pdfsig where there is no SM2. */
function verified(demo, pdf, readers) {
  const ours = JSON.parse(demo.sealferry('verify', pdf, '--json'));
  assert.equal(ours.verdict, 'valid');
  assert.equal(ours.signatures.length, 1);
  assert.equal(ours.signatures[0].coversWholeFile, true);
  assert.equal(ours.signatures[0].signer, unit);
  if (!readers) return assert.ok(ours.signatures[0].seal, 'an SES signature holds its seal');
  const told = execFileSync('pdfsig', ['-nocert', pdf]).toString();
  assert.match(told, /Signature Validation: Signature is Valid\./);
  assert.match(told, /Total document signed/);
}

for (const name of browsers)
  for (const [title, { make, algorithm, readers }] of Object.entries(keys))
    test(`${name}: the journey on a ${title}`, { timeout: 240_000 }, async (t) => {
      const demo = await stage(t, make(t), { algorithm });
      const folder = pictures(`keys-${algorithm}-${name}`);
      const before = holding(demo);
      const browser = await start(t, name, { host: realHost(demo.folder, demo.policy, demo.key.environment) });
      const portal = await Portal.enter(browser, demo.origin, folder);
      demo.answer('accept', 'accept', `pin ${pin}`); // trust, consent, PIN; a further question would find no answer
      await portal.trust();
      await portal.readKey();
      const number = await portal.orderInspection();
      await portal.inspect();
      await portal.testStamp();
      const pdf = keep(folder, 'stamped.pdf', await portal.savedDocument());

      assert.deepEqual(demo.questions().map((line) => line.split(':')[0].split(' ')[0]), ['confirm', 'confirm', 'pin']);
      const order = await (await Api.login(demo.origin)).order(number);
      assert.ok(order.state === 'done' && order.writtenAt && order.testStampedAt);
      const after = holding(demo);
      assert.deepEqual(after.encryption, before.encryption);
      assert.equal(after.signing.length, 1);
      assert.notEqual(after.signing[0].sha256, before.signing[0].sha256);
      assert.notEqual(after.seals[0].sha256, before.seals[0].sha256);
      assert.equal(after.pending, null);
      verified(demo, pdf, readers);
      assert.ok(stampOn(drawn(pdf, demo.folder)), 'the stamp is there to see');
    });

test('a key that does not list its files: what is known is shown, and no seal is called missing', { timeout: 120_000 }, async (t) => {
  const demo = await stage(t, (folder) => new SoftKey(folder), { algorithm: 'sm2' });
  const browser = await start(t, browsers[0], { host: realHost(demo.folder, { ...demo.policy, trustedSites: [demo.origin] }, demo.key.environment) });
  const portal = await Portal.enter(browser, demo.origin, pictures('keys-unlisted'));
  demo.key.script(...Array.from({ length: 200 }, (_, i) => `SKF_EnumFiles ${i + 1} error`));
  await portal.readKey();
  for (const words of [unit, '签名证书', '读不到锁内的签章，无法判断是否需要年检。请拔下重插；仍不行请联系 CA。']) await portal.sees(words);
  const said = await portal.text();
  for (const words of ['锁内没有签章', '不认识锁内签章', '办理签章年检']) assert.ok(!said.includes(words), words);
  const told = JSON.parse(demo.sealferry('read', '--json'));
  assert.deepEqual([told.layout.writable, told.layout.reason, told.advice.reason], [false, 'unreadable', 'unreadable']);
  demo.key.script();
  assert.equal(holding(demo).seals.length, 1, 'and is there');
});
