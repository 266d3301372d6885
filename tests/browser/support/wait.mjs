// SPDX-License-Identifier: Apache-2.0
// Waiting for something in a page. Not puppeteer's waitForFunction and waitForSelector: those build a function from text inside the
// page, which in Firefox 140 the page's own Content-Security-Policy forbids.
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks again and again until the page has an answer. @param {import('puppeteer-core').Page} page
 * @param {(...args: any[]) => unknown} look  runs in the page @param {any[]} [args] @param {number} [patience] in ms
 * @returns {Promise<import('puppeteer-core').JSHandle>} what `look` found
 */
export async function waitFor(page, look, args = [], patience = 30_000) {
  for (const end = Date.now() + patience; ; await pause(30)) {
    const found = await page.evaluateHandle(look, ...args).catch(() => null); // a document that is just being replaced
    if (found && (await found.evaluate((one) => Boolean(one)).catch(() => false))) return found;
    if (Date.now() > end) throw new Error(`waited ${patience} ms in vain for ${look}`);
  }
}
