// SPDX-License-Identifier: Apache-2.0
// One browser for many cases, each with its own key, portal, policy and host, and at the page where an approved order is carried out.
import assert from 'node:assert/strict';
import { start } from '../../browser/support/browser.mjs';
import { scratch } from '../../browser/support/folders.mjs';
import { isAlive, realHost } from '../../browser/support/host.mjs';
import { Portal } from '../../browser/support/journey.mjs';
import { waitFor } from '../../browser/support/wait.mjs';
import { errorRow } from './errors.mjs';
import { Api, holding, pictures, read, stage, until } from './portal.mjs';

/** A browser whose host can be another one for each case. */
export async function open(t, name) {
  const folder = scratch();
  return { name, folder, host: realHost(folder), browser: await start(t, name, { host: { path: `${folder}/host.sh` } }) };
}

/** The policy of the case over that of the demonstration. */
function merged(policy, extra = {}) {
  return { ...policy, ...extra, development: { ...policy.development, ...extra.development } };
}

export class Desk {
  /**
   * @param {object} t
   * @param {Awaited<ReturnType<typeof open>>} at
   * @param {string} title  of the case: its pictures are called so
   * @param {{key?: (folder: string) => object, policy?: object, trusted?: boolean}} [options]
   */
  static async sit(t, at, title, { key, policy, trusted = true } = {}) {
    const desk = new Desk();
    desk.demo = await stage(t, key, { approveAfter: 0 });
    desk.title = title;
    desk.at = at;
    await desk.setPolicy({ ...(trusted && { trustedSites: [desk.demo.origin] }), ...policy });
    desk.api = await Api.login(desk.demo.origin);
    desk.number = await desk.api.inspection(read(desk.demo));
    desk.before = holding(desk.demo);
    const page = await at.browser.newPage();
    t.after(() => page.close().catch(() => {}));
    desk.portal = new Portal(page, desk.demo.origin, pictures(`failures-${at.name}/${title}`));
    await desk.logIn();
    return desk;
  }

  /** The next host is told this; the one that may still run, since the extension lets it linger, is ended. */
  async setPolicy(extra) {
    for (const pid of this.at.host.alive()) {
      process.kill(pid);
      await until('the end of the host', () => !isAlive(pid));
    }
    this.extra = merged(this.extra ?? {}, extra);
    this.at.host = realHost(this.at.folder, merged(this.demo.policy, this.extra), this.demo.key.environment);
  }

  /** As the login page does, without the typing. */
  async logIn() {
    await this.portal.go('/login');
    await this.portal.page.evaluate(() => fetch('/api/session', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ account: 'demo', password: 'demo' }),
    }).then(({ ok }) => ok));
  }

  /** One more inspection, for what the key holds now. */
  async isNext() {
    this.number = await this.api.inspection(read(this.demo));
    this.before = holding(this.demo);
  }

  /** To the page where the order is carried out. */
  async goToWork() {
    await this.portal.go(`/orders/${this.number}/inspection`);
    await this.portal.sees('写入新的证书与签章');
  }

  begin() {
    return this.portal.click('去年检');
  }

  /** The page says the error's own sentence and advice, and nothing else went wrong. */
  async says(name, { what, advice } = {}) {
    const row = errorRow(name);
    const told = await waitFor(
      this.portal.page, () => [...document.querySelectorAll('.problem')].map((one) => one.innerText).join('\n---\n'),
    ).then((handle) => handle.jsonValue(), async () => assert.fail(`the page tells of no error but: ${await this.portal.text()}`));
    await this.picture();
    assert.ok(!told.includes('---'), `one error, not several: ${told}`);
    for (const sentence of [what ?? row.what, advice ?? row.advice, row.code]) assert.ok(told.includes(sentence), `“${sentence}” expected, “${told}” said`);
  }

  async picture(name = this.title) {
    await this.portal.picture(name);
  }

  /** The same for what is checked before the work: one of the three checks is red. */
  async sees(name) {
    const row = errorRow(name);
    const told = await waitFor(this.portal.page, () => document.querySelector('.checks li.error')?.innerText).then((one) => one.jsonValue());
    await this.picture();
    for (const sentence of [row.what, row.advice, row.code]) assert.ok(told.includes(sentence), `“${sentence}” expected, “${told}” said`);
  }

  /** The key shows what it showed. What a broken-off write left behind is not shown, and nobody's but the journal's. */
  keeps({ begun = false } = {}) {
    const { pending, ...shown } = holding(this.demo);
    const { pending: none, ...before } = this.before;
    assert.deepEqual(shown, before);
    assert.deepEqual(pending, begun ? { order: this.number, committed: false } : none);
  }

  /** Going on would be no use, so the page does not offer it. */
  async isFinal() {
    assert.ok(!(await this.portal.text()).includes('继续办理'));
  }

  /** The order is carried out after all: new certificate, new seal, order closed. */
  async finishes(...answers) {
    const { seals, pending } = holding(this.demo);
    const isWritten = seals[0].sha256 !== this.before.seals[0].sha256 && pending === null; // then only the receipt is missing
    this.demo.answer(...(answers.length ? answers : isWritten ? ['pin 123456'] : ['accept', 'pin 123456']));
    await this.portal.click('继续办理');
    await this.isDone();
  }

  async isDone() {
    await this.portal.sees('写入签章成功');
    const after = holding(this.demo);
    assert.deepEqual(after.encryption, this.before.encryption);
    for (const what of ['signing', 'seals']) assert.ok(after[what].length === 1 && after[what][0].sha256 !== this.before[what][0].sha256, `new ${what}`);
    assert.equal(after.pending, null);
    assert.equal((await this.api.order(this.number)).state, 'done');
  }

  /** The process id of the host that runs now. */
  hostPid() {
    return until('the host', () => this.at.host.alive().at(-1));
  }
}
