// SPDX-License-Identifier: Apache-2.0
// The portal's pages as a person uses them: only clicks and typing. Each step leaves a numbered picture if a folder is given.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { open } from './browser.mjs';
import { waitFor } from './wait.mjs';

/** How long a person would wait for a page to say something. */
const patience = 30_000;

/** Runs in the page: is it at the same place one frame later? */
const standsStill = (one) => new Promise((resolve) => {
  const { left, top } = one.getBoundingClientRect();
  requestAnimationFrame(() => {
    const now = one.getBoundingClientRect();
    resolve(now.left === left && now.top === top);
  });
});

export class Portal {
  #pictures = 0;

  constructor(page, origin, folder) {
    this.page = page;
    this.origin = origin;
    this.folder = folder;
    if (folder) mkdirSync(folder, { recursive: true });
  }

  static async enter(browser, origin, folder) {
    const portal = new Portal(await open(browser, `${origin}/login`), origin, folder);
    await portal.type('#account', 'demo');
    await portal.type('#password', 'demo');
    await portal.picture('login');
    await portal.click('登录');
    await portal.sees('您好');
    return portal;
  }

  async picture(name) {
    if (!this.folder) return;
    // What is still fading in is nothing to look at.
    await this.page.evaluate(() => Promise.all(document.getAnimations().filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime))
      .map((one) => one.finished.catch(() => {}))).then(() => {}));
    await this.page.screenshot({ path: join(this.folder, `${String(++this.#pictures).padStart(2, '0')}-${name}.png`), fullPage: true });
  }

  async type(selector, text) {
    const visible = (wanted) => [...document.querySelectorAll(wanted)].find((one) => one.checkVisibility());
    const field = (await waitFor(this.page, visible, [selector], patience)).asElement();
    await field.click({ clickCount: 3 });
    await field.type(text);
  }

  /** Presses the button (link, box to tick) whose text is exactly this, once it can be pressed; again, as people do, if it moved away. */
  async click(text) {
    for (let tries = 0; tries < 5; tries += 1) if (await this.#press(await this.#button(text))) return;
    assert.fail(`“${text}” on ${this.page.url()} moves away from every click`);
  }

  async #button(text) {
    const handle = await waitFor(
      this.page,
      // What belongs to the page itself, not the menu beside it, which has some of the same words.
      (wanted) => [...document.querySelectorAll('main button, main a, main label.el-checkbox, .el-dialog button, header button')]
        .find((one) => one.textContent.trim() === wanted && one.checkVisibility() && !one.disabled && !one.closest('[aria-disabled="true"]')),
      [text], patience,
    ).catch(async () => {
      await this.picture('unexpected');
      assert.fail(`no button “${text}” on ${this.page.url()}, which says: ${(await this.text()).slice(0, 1500)}`);
    });
    return handle.asElement();
  }

  /** Did the click reach it? The page may grow above it between the look and the click. */
  async #press(button) {
    await button.evaluate((one) => {
      one.addEventListener('click', () => (one.dataset.pressed = 'yes'), { capture: true, once: true });
      one.scrollIntoView({ block: 'center' });
    });
    await waitFor(this.page, standsStill, [button], patience);
    await button.click();
    const pressed = (one) => one.dataset.pressed === 'yes';
    return button.evaluate(pressed).catch(() => true); // it led to another page
  }

  /** Waits until the page says this. */
  async sees(text) {
    await waitFor(this.page, (wanted) => document.body.innerText.includes(wanted), [text], patience).catch(async () => {
      await this.picture('unexpected');
      assert.fail(`the page does not say “${text}” but: ${(await this.text()).slice(0, 1500)}`);
    });
  }

  text() {
    return this.page.evaluate(() => document.body.innerText);
  }

  go(path) {
    return this.page.goto(this.origin + path, { waitUntil: 'load' });
  }

  /** Trusts the site by a click, as a user who sees the portal for the first time. */
  async trust() {
    await this.go('/inspection');
    await this.sees('尚未加入可信任站点');
    await this.picture('not-trusted');
    await this.click('加入可信任站点');
    await waitFor(this.page, () => !document.body.innerText.includes('尚未加入可信任站点'), [], patience);
  }

  async readKey() {
    await this.go('/key');
    await this.click('读取');
    await this.sees('密码状态');
    await this.picture('key');
  }

  /** Order, payment, approval: up to the page where the work is done. The number of the order. */
  async orderInspection() {
    await this.go('/inspection');
    await this.sees('本网站已加入');
    await this.picture('inspection');
    await this.click('去年检');
    await this.click('下一步');
    await this.sees('服务方式与费用');
    await this.picture('review');
    await this.click('确认提交');
    await this.click('前往付款');
    await this.click('确认付款');
    await this.sees('审核通过，可以办理年检');
    await this.picture('approved');
    const number = /orders\/(\d+)/.exec(await this.page.evaluate(() => location.pathname))[1]; // page.url() may lag behind the router
    await this.click('前往年检操作');
    await this.sees('写入新的证书与签章');
    await this.picture('work');
    return number;
  }

  async inspect() {
    await this.click('去年检');
    await this.sees('写入签章成功');
    await this.picture('written');
  }

  /** The stamped document, as the page shows it and as bytes. */
  async testStamp() {
    await this.click('测试盖章');
    await waitFor(this.page, () => location.pathname === '/stamp', [], patience);
    await this.click('测试盖章');
    await this.sees('测试盖章成功，验证通过');
    await waitFor(this.page, () => [...document.querySelectorAll('.pages canvas')].some((canvas) => canvas.width > 100), [], patience);
    await this.picture('stamped');
  }

  /** What “保存” would save: the page's own link to the document. */
  async savedDocument() {
    const base64 = await this.page.evaluate(async () => {
      const link = document.querySelector('a[download]');
      const bytes = new Uint8Array(await (await fetch(link.href)).arrayBuffer());
      let text = '';
      for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode(...bytes.subarray(i, i + 32768));
      return btoa(text);
    });
    return Buffer.from(base64, 'base64');
  }
}

export function keep(folder, name, content) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}
