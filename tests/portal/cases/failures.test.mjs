// SPDX-License-Identifier: Apache-2.0
// Everything that can go wrong at the page where an order is carried out: each says its own sentence and advice, each leaves its
// picture, and the key still holds what it held.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { browsers, install, start } from '../../browser/support/browser.mjs';
import { unit } from '../../browser/support/demonstration.mjs';
import { scratch } from '../../browser/support/folders.mjs';
import { isAlive, realHost } from '../../browser/support/host.mjs';
import { waitFor } from '../../browser/support/wait.mjs';
import { Desk, open } from '../support/desk.mjs';
import { FakeKey } from '../support/fake-key.mjs';
import { altered, contentOf, derOf, foreignCertificate, remadeSeal, sha256, signedOrder, strangerPki, substitute } from '../support/forge.mjs';
import { carryOut, read, until } from '../support/portal.mjs';

const fake = (folder) => new FakeKey(folder);
const rightPin = 'pin 123456';
const wrongPin = 'pin 000000';

/** The page gets this authorisation instead; the work is begun. */
async function withAuthorisation(desk, transform) {
  await substitute(desk.portal.page, desk.api.cookie, transform);
  await desk.goToWork();
  desk.demo.answer('accept', rightPin);
  await desk.begin();
}

/** The order with some of it changed, signed by a signer that policy trusts. */
const reordered = (desk, change) => withAuthorisation(desk, (answer) => {
  const content = contentOf(answer.order);
  const changes = change(content, answer);
  return { ...answer, ...changes.answer, order: signedOrder(desk.demo.pki, { ...content, ...changes.order }, desk.demo.folder) };
});

const inHours = (hours) => new Date(Date.now() + hours * 3_600_000).toISOString().replace(/\.\d+/, '');

/** Nobody was asked anything: what is refused is refused before a window opens. */
const unasked = (desk) => assert.deepEqual(desk.demo.questions(), []);

const windows = {
  async 'PIN wrong, then right'(t, at) {
    const desk = await Desk.sit(t, at, 'pin-wrong');
    await desk.goToWork();
    desk.demo.answer('accept', wrongPin, 'cancel');
    await desk.begin();
    await desk.says('pin_incorrect');
    desk.keeps();
    await desk.finishes();
  },

  async 'last try: a warning, and the user thinks better of it'(t, at) {
    const desk = await Desk.sit(t, at, 'pin-last-try', { key: fake });
    await desk.goToWork();
    desk.demo.answer('accept', wrongPin, wrongPin, 'refuse');
    await desk.begin();
    await desk.says('pin_incorrect', { what: '密码不正确，只剩最后一次。', advice: '再输错，锁将被锁死，须到 CA 办理解锁。没有把握请先联系客服。' });
    assert.match(desk.demo.questions().at(-1), /只剩最后一次：再输错，锁将被锁死，须到 CA 办理解锁。.*没有把握请点“取消”，联系客服/);
    assert.equal(desk.demo.key.triesLeft(), 1);
    desk.keeps();
    await desk.finishes('accept', 'accept', rightPin);
  },

  async 'PIN locked'(t, at) {
    const desk = await Desk.sit(t, at, 'pin-locked', { key: fake });
    await desk.goToWork();
    desk.demo.answer('accept', wrongPin, wrongPin, 'accept', wrongPin);
    await desk.begin();
    await desk.says('pin_locked');
    await desk.isFinal();
    desk.keeps();
  },

  async 'consent refused'(t, at) {
    const desk = await Desk.sit(t, at, 'consent-refused');
    await desk.goToWork();
    desk.demo.answer('refuse', rightPin);
    await desk.begin();
    await desk.says('cancelled');
    assert.equal(desk.demo.questions().length, 1, 'no PIN was asked for');
    desk.keeps();
    await desk.finishes();
  },

  async 'PIN window cancelled'(t, at) {
    const desk = await Desk.sit(t, at, 'pin-cancelled');
    await desk.goToWork();
    desk.demo.answer('accept', 'cancel');
    await desk.begin();
    await desk.says('cancelled');
    desk.keeps();
  },

  async 'cancelled in the page while the window is open'(t, at) {
    const desk = await Desk.sit(t, at, 'cancelled-in-page');
    await desk.goToWork();
    desk.demo.answer('accept', 'wait');
    await desk.begin();
    await desk.portal.sees('请在弹出窗口中输入锁的密码');
    await desk.picture('window-open');
    await desk.portal.click('取消');
    await desk.says('cancelled');
    desk.keeps();
    await desk.finishes();
  },

  async 'no window can be shown'(t, at) {
    const desk = await Desk.sit(t, at, 'prompt-missing');
    await desk.goToWork();
    desk.demo.answer();
    await desk.begin();
    await desk.says('prompt_missing');
    desk.keeps();
  },
};

const machinery = {
  async 'key pulled in the middle, then plugged in'(t, at) {
    const desk = await Desk.sit(t, at, 'key-removed', { key: fake });
    await desk.goToWork();
    desk.demo.answer('accept', rightPin);
    desk.demo.key.script('C_CreateObject 3 pull');
    await desk.begin();
    await desk.says('key_removed');
    desk.demo.key.script();
    desk.demo.key.plug();
    desk.keeps({ begun: true });
    await desk.finishes();
  },

  async 'driver crashes'(t, at) {
    const desk = await Desk.sit(t, at, 'module-crashed', { key: fake });
    await desk.goToWork();
    desk.demo.answer('accept', rightPin);
    desk.demo.key.script('C_CreateObject 3 crash');
    await desk.begin();
    await desk.says('module_crashed');
    desk.demo.key.script();
    desk.keeps({ begun: true });
    await desk.finishes();
  },

  async 'no room on the key'(t, at) {
    const desk = await Desk.sit(t, at, 'no-room', { key: fake });
    await desk.goToWork();
    desk.demo.key.fill(read(desk.demo).room, 6000);
    desk.demo.answer('accept', rightPin);
    await desk.begin();
    await desk.says('no_room');
    await desk.isFinal();
    desk.keeps();
  },

  async 'host killed while it writes'(t, at) {
    const desk = await Desk.sit(t, at, 'host-killed');
    const goOn = join(desk.demo.folder, 'go-on');
    await desk.setPolicy({ development: { workerArguments: ['--pause-at', '3', goOn] } });
    await desk.goToWork();
    desk.demo.answer('accept', rightPin);
    await desk.begin();
    const worker = await until('the worker at its third call', () => existsSync(`${goOn}.paused`) && Number(readFileSync(`${goOn}.paused`, 'utf8')));
    process.kill(await desk.hostPid(), 'SIGKILL');
    await desk.says('host_stopped');
    writeFileSync(goOn, '');
    await until('the end of the worker', () => !isAlive(worker), 10_000);
    await desk.finishes();
  },

  async 'host missing, then installed'(t, at) {
    const browser = await start(t, at.name);
    const folder = scratch();
    const desk = await Desk.sit(t, { name: at.name, folder, browser, host: realHost(folder) }, 'host-missing');
    await desk.portal.go(`/orders/${desk.number}/inspection`);
    await desk.sees('host_missing');
    await desk.portal.click('下载安装');
    await desk.portal.sees('安装包请向发锁 CA 索取，客服电话 0477-8581234。');
    await desk.picture('host-missing-install');
    install(browser, at.name, desk.at.host);
    await desk.portal.click('已安装，重新检测');
    await waitFor(desk.portal.page, () => !document.querySelector('.checks'));
    desk.keeps();
    desk.demo.answer('accept', rightPin);
    await desk.begin();
    await desk.isDone();
  },
};

const sites = {
  async 'site not trusted'(t, at) {
    const desk = await Desk.sit(t, at, 'site-not-trusted', { trusted: false });
    await desk.portal.go(`/orders/${desk.number}/inspection`);
    await desk.sees('origin_not_trusted');
    unasked(desk);
    desk.keeps();
  },

  async 'site denied, once and for good'(t, at) {
    const desk = await Desk.sit(t, at, 'site-denied', { trusted: false });
    for (const count of [1, 2, 3]) {
      await desk.portal.go(`/orders/${desk.number}/inspection`);
      desk.demo.answer('refuse');
      await desk.portal.click('加入可信任站点');
      if (count < 3) await desk.portal.sees('您没有允许。需要时请刷新本页，再点“加入可信任站点”。');
      if (count === 1) await desk.picture();
    }
    await desk.portal.sees('控件也不会再问：您已三次选择“不允许”');
    await desk.picture('site-denied-thrice');
    assert.equal(desk.demo.questions().length, 3);
    desk.keeps();
  },
};

const orders = {
  async 'order altered'(t, at) {
    const desk = await Desk.sit(t, at, 'order-altered');
    await withAuthorisation(desk, (answer) => {
      const der = Buffer.from(answer.order, 'base64');
      return { ...answer, order: altered(der, der.indexOf(desk.number) + 12).toString('base64') };
    });
    await desk.says('order_invalid');
    await desk.isFinal();
    unasked(desk);
    desk.keeps();
  },

  async 'order signed by another CA'(t, at) {
    const desk = await Desk.sit(t, at, 'order-of-another-ca');
    const stranger = strangerPki(desk.demo.folder);
    await withAuthorisation(desk, (answer) => ({ ...answer, order: signedOrder(stranger, contentOf(answer.order), desk.demo.folder) }));
    await desk.says('order_untrusted');
    await desk.isFinal();
    unasked(desk);
    desk.keeps();
  },

  async 'order expired'(t, at) {
    const desk = await Desk.sit(t, at, 'order-expired');
    await reordered(desk, () => ({ order: { notBefore: inHours(-2), notAfter: inHours(-1) } }));
    await desk.says('order_expired');
    unasked(desk);
    desk.keeps();
  },

  async 'order for another key'(t, at) {
    const desk = await Desk.sit(t, at, 'order-for-another-key');
    await reordered(desk, ({ key }) => ({ order: { key: { ...key, serial: 'FFFFFFFFFFFF4711' } } }));
    await desk.says('order_mismatch', { what: '授权单不是为这把锁签发的，没有写入。', advice: '请插入订单上的那把锁，再刷新页面。' });
    unasked(desk);
    desk.keeps();
  },

  async 'order for a certificate the key does not hold'(t, at) {
    const desk = await Desk.sit(t, at, 'order-for-another-certificate');
    await reordered(desk, ({ key }) => ({ order: { key: { ...key, certificateSha256: sha256('another') } } }));
    await desk.says('order_mismatch', { what: '授权单与锁内现有的证书或签章不符，可能是已用过的旧授权单，没有写入。', advice: '请回到“我的订单”核对；如锁内容有误，请联系客服。' });
    unasked(desk);
    desk.keeps();
  },

  async 'order for another site'(t, at) {
    const desk = await Desk.sit(t, at, 'order-for-another-site');
    await reordered(desk, () => ({ order: { origin: 'https://ca.example' } }));
    await desk.says('order_mismatch', { what: '授权单不是为本网站签发的，没有写入。', advice: '请核对网址，并联系客服。' });
    unasked(desk);
    desk.keeps();
  },

  async 'order rolled back: carried out once, played again after a newer one'(t, at) {
    const desk = await Desk.sit(t, at, 'order-rolled-back');
    const first = await desk.api.authorisation(desk.number);
    await desk.api.sendReceipt(desk.number, carryOut(desk.demo, first));
    const second = await desk.api.inspection(read(desk.demo));
    await desk.api.sendReceipt(second, carryOut(desk.demo, await desk.api.authorisation(second)));
    await desk.isNext();
    await withAuthorisation(desk, () => first);
    await desk.says('order_mismatch', { what: '授权单与锁内现有的证书或签章不符，可能是已用过的旧授权单，没有写入。', advice: '请回到“我的订单”核对；如锁内容有误，请联系客服。' });
    assert.equal(desk.demo.questions().length, 4, 'consent and PIN of the two orders before');
    desk.keeps();
  },

  async 'clock behind'(t, at) {
    const desk = await Desk.sit(t, at, 'clock-behind', { policy: { development: { clockOffset: -3600 } } });
    await desk.goToWork();
    await desk.begin();
    await desk.says('clock_wrong');
    unasked(desk);
    desk.keeps();
  },

  async 'clock ahead'(t, at) {
    const desk = await Desk.sit(t, at, 'clock-ahead', { policy: { development: { clockOffset: 3600 } } });
    await desk.goToWork();
    await desk.begin();
    await desk.says('clock_wrong');
    unasked(desk);
    desk.keeps();
  },
};

/** Other seals and another certificate in place of the order's, and an order that covers them. */
const rewritten = (desk, { seals, signCertificate }) => reordered(desk, ({ write }) => ({
  order: {
    write: {
      ...write,
      ...(seals && { seals: seals.map((seal, i) => ({ id: write.seals[i].id, sha256: sha256(seal) })) }),
      ...(signCertificate && { signCertificateSha256: sha256(derOf(signCertificate)) }),
    },
  },
  answer: { ...(seals && { seals: seals.map((seal) => seal.toString('base64')) }), ...(signCertificate && { signCertificate }) },
}));

const payloads = {
  async 'seal altered on the way'(t, at) {
    const desk = await Desk.sit(t, at, 'seal-altered');
    await withAuthorisation(desk, (answer) => ({ ...answer, seals: answer.seals.map((seal) => altered(Buffer.from(seal, 'base64'), -10).toString('base64')) }));
    await desk.says('seal_invalid');
    await desk.isFinal();
    unasked(desk);
    desk.keeps();
  },

  async 'seal altered, under an order that covers it'(t, at) {
    const desk = await Desk.sit(t, at, 'seal-altered-and-ordered');
    const { seals } = await desk.api.authorisation(desk.number);
    await rewritten(desk, { seals: seals.map((seal) => altered(Buffer.from(seal, 'base64'), -10)) });
    await desk.says('seal_invalid');
    unasked(desk);
    desk.keeps();
  },

  async 'another seal than the ordered one'(t, at) {
    const desk = await Desk.sit(t, at, 'seal-not-ordered');
    const { seals: [held] } = await desk.api.authorisation(desk.number);
    const { pem } = read(desk.demo).certificates.find(({ use }) => use === 'signing');
    const other = remadeSeal(desk.demo.pki, Buffer.from(held, 'base64'), pem, desk.demo.folder);
    await withAuthorisation(desk, (answer) => ({ ...answer, seals: [other.toString('base64')] }));
    await desk.says('order_mismatch', { what: '要写入的内容与授权单不符，没有写入。', advice: '请回到订单页面重新办理；仍不行请联系客服。' });
    unasked(desk);
    desk.keeps();
  },

  async 'seal of a maker nobody trusts'(t, at) {
    const desk = await Desk.sit(t, at, 'seal-untrusted');
    const { seals: [genuine], signCertificate } = await desk.api.authorisation(desk.number);
    const stranger = strangerPki(desk.demo.folder);
    await rewritten(desk, { seals: [remadeSeal(stranger, Buffer.from(genuine, 'base64'), signCertificate, desk.demo.folder)] });
    await desk.says('seal_untrusted');
    await desk.isFinal();
    unasked(desk);
    desk.keeps();
  },

  async 'seal for another certificate'(t, at) {
    const desk = await Desk.sit(t, at, 'seal-for-another-certificate');
    const { seals: [genuine] } = await desk.api.authorisation(desk.number);
    const other = foreignCertificate(desk.demo.pki, unit, desk.demo.folder);
    await rewritten(desk, { seals: [remadeSeal(desk.demo.pki, Buffer.from(genuine, 'base64'), other, desk.demo.folder)] });
    await desk.says('seal_unfit');
    await desk.isFinal();
    unasked(desk);
    desk.keeps();
  },

  async 'certificate of a key pair that is not on the key'(t, at) {
    const desk = await Desk.sit(t, at, 'certificate-of-another-key');
    const { seals: [genuine] } = await desk.api.authorisation(desk.number);
    const other = foreignCertificate(desk.demo.pki, unit, desk.demo.folder);
    await rewritten(desk, { signCertificate: other, seals: [remadeSeal(desk.demo.pki, Buffer.from(genuine, 'base64'), other, desk.demo.folder)] });
    await desk.says('order_mismatch', { what: '要写入的内容与授权单不符，没有写入。', advice: '请回到订单页面重新办理；仍不行请联系客服。' });
    await desk.isFinal();
    unasked(desk);
    desk.keeps();
  },
};

// Every case in Chromium; in Firefox those in which the browser itself has a part.
const inFirefox = new Set(['PIN wrong, then right', 'cancelled in the page while the window is open', 'key pulled in the middle, then plugged in',
  'host killed while it writes', 'host missing, then installed', 'site denied, once and for good', 'order altered']);
const only = process.env.SEALFERRY_CASE; // for whoever works on one of them

const all = { ...windows, ...machinery, ...sites, ...orders, ...payloads };
const titles = (name) => Object.keys(all).filter((title) => (name === 'chromium' || inFirefox.has(title)) && (!only || title.includes(only)));

/** Set-up and approval are mostly waiting, so Chromium's many cases go in two browsers at a time. */
const lanes = browsers.flatMap((name) => {
  const mine = titles(name);
  const parts = name === 'chromium' ? [mine.filter((_, i) => i % 2 === 0), mine.filter((_, i) => i % 2 === 1)] : [mine];
  return parts.filter((part) => part.length > 0).map((part, i) => ({ name, part, title: `failures in ${name}, ${i + 1}` }));
});

test('failures', { concurrency: lanes.length, timeout: 900_000 }, async (t) => {
  await Promise.all(lanes.map(({ name, part, title }) => t.test(title, async (lane) => {
    const at = await open(lane, name);
    for (const one of part) await lane.test(one, { timeout: 120_000 }, (inner) => all[one](inner, at));
  })));
});
