// SPDX-License-Identifier: Apache-2.0
// A locked key is unblocked from the portal's pages, by clicks: asked for, reviewed, the PUK and a new PIN typed into native windows.
import assert from 'node:assert/strict';
import test from 'node:test';
import { browsers, start } from '../../browser/support/browser.mjs';
import { realHost } from '../../browser/support/host.mjs';
import { Portal } from '../../browser/support/journey.mjs';
import { VirtualKey } from '../../card/support/virtual-key.mjs';
import { Api, holding, pictures, stage } from '../support/portal.mjs';
import { SoftKey } from '../support/soft-key.mjs';

const next = '908172';

// OpenSC's cards say that they are locked only once somebody has typed a PIN.
const keys = {
  'virtual USB-KEY': { make: (t) => (folder) => VirtualKey.plugged(t, folder), puk: '1234567890123456', wrong: 3, algorithm: 'rsa', says: false },
  'soft SKF key': { make: () => (folder) => new SoftKey(folder), puk: '12345678', wrong: 6, algorithm: 'sm2', says: true },
};

/** Wrong PINs until the key locks itself, each typed by its user. */
function lock(demo, wrong) {
  const typed = Array.from({ length: wrong - 1 }, (_, i) => `pin 00000${i}`);
  demo.answer(...typed, 'accept', 'pin 000009');
  assert.throws(() => demo.sealferry('test-stamp', '--out', demo.folder));
}

for (const name of browsers)
  for (const [title, { make, puk, wrong, algorithm, says }] of Object.entries(keys))
    test(`${name}: a locked ${title} is unblocked`, { timeout: 240_000 }, async (t) => {
      const demo = await stage(t, make(t), { algorithm });
      const before = holding(demo);
      lock(demo, wrong);
      const asked = demo.questions().length;
      const browser = await start(t, name, { host: realHost(demo.folder, demo.policy, demo.key.environment) });
      const portal = await Portal.enter(browser, demo.origin, pictures(`unblock-${algorithm}-${name}`));
      demo.answer('accept', 'accept', 'pin 99999999', `pin ${next}`, `pin ${puk}`); // trust, consent, a wrong PUK, the new PIN, the right one
      await portal.trust();
      await portal.readKey();
      if (says) await portal.sees('可在线申请解锁并设置新密码');
      await portal.click('申请解锁');
      await portal.sees('设置新密码');
      await portal.picture('ready');
      await portal.click('解锁');
      await portal.sees('解锁成功');
      await portal.picture('unblocked');
      const [number] = await portal.page.evaluate(() => /\d{13}/.exec(location.pathname));
      const order = await (await Api.login(demo.origin)).order(number);
      assert.deepEqual([order.kind, order.state, order.fee.total], ['unblock', 'done', 0]);
      assert.ok(order.writtenAt);
      assert.deepEqual(demo.questions().slice(asked + 1).map((line) => line.split(':')[0]), ['confirm', 'pin', 'pin', 'pin']);
      assert.deepEqual(holding(demo), before);
      demo.answer(`pin ${next}`);
      assert.equal(JSON.parse(demo.sealferry('test-stamp', '--out', demo.folder, '--json')).report.verdict, 'valid');
    });
