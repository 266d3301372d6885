// SPDX-License-Identifier: Apache-2.0
// Debian's own Chromium and Firefox ESR, each with the extension and with one host manifest that only this browser sees.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { firefox, newProfile } from './firefox-cache.mjs';
import { build, extension, hostName, scratch } from './folders.mjs';
import { managed } from './managed.mjs';
import { waitFor } from './wait.mjs';

export const browsers = (process.env.SEALFERRY_BROWSERS ?? 'chromium firefox').split(' ');

const headless = process.env.SEALFERRY_HEADED === undefined;

/** The host manifest that the build made, with another path in it. */
function register(browser, path, folder) {
  const manifest = JSON.parse(readFileSync(join(build, 'manifest', browser, `${hostName}.json`), 'utf8'));
  const target = join(folder, `${hostName}.json`);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, JSON.stringify({ ...manifest, path }));
}

const programs = { chromium: '/usr/bin/chromium', firefox };

const launch = {
  async chromium(executablePath, home, hostPath, withExtension) {
    const profile = join(home, 'chromium');
    if (hostPath) register('chromium', hostPath, join(profile, 'NativeMessagingHosts'));
    // Children of the browser, the host among them, keep files in HOME, not in that of whoever runs the tests.
    return puppeteer.launch({
      executablePath, headless, pipe: true, acceptInsecureCerts: true, userDataDir: profile,
      enableExtensions: withExtension ? [extension] : true,
      args: ['--no-sandbox', '--lang=zh-CN'], env: { ...process.env, HOME: home, LANG: 'zh_CN.UTF-8', LANGUAGE: 'zh_CN' },
      defaultViewport: { width: 1280, height: 900 },
    });
  },
  async firefox(executablePath, home, hostPath, withExtension) {
    if (hostPath) register('firefox', hostPath, join(home, '.mozilla', 'native-messaging-hosts'));
    const browser = await puppeteer.launch({
      browser: 'firefox', executablePath, headless, acceptInsecureCerts: true, userDataDir: newProfile(home),
      env: { ...process.env, HOME: home }, defaultViewport: { width: 1280, height: 900 },
      extraPrefsFirefox: { 'intl.accept_languages': 'zh-CN' },
    });
    if (withExtension) await browser.installExtension(extension);
    return browser;
  },
};

const homes = new WeakMap();

const places = { chromium: ['chromium', 'NativeMessagingHosts'], firefox: ['.mozilla', 'native-messaging-hosts'] };

/** Installs a host for a browser that runs already, as a user does who was told that it is missing. */
export function install(browser, name, host) {
  register(name, host.path, join(homes.get(browser), ...places[name]));
}

/** Another program's manifest, beside ours. */
export function registerOther(browser, name, manifest) {
  const folder = join(homes.get(browser), ...places[name]);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${manifest.name}.json`), JSON.stringify(manifest));
}

/**
 * A browser of its own for this test; it ends with the test.
 * @param {{after(f: () => unknown): void}} t
 * @param {string} name  chromium | firefox
 * @param {{host?: {path: string}, extension?: boolean, policy?: object}} [options]  policy: what managed storage holds
 */
export async function start(t, name, { host, extension: withExtension = true, policy } = {}) {
  const home = scratch();
  const program = policy ? managed(home, name, programs[name], policy) : programs[name];
  const browser = await launch[name](program, home, host?.path, withExtension);
  homes.set(browser, home);
  t.after(() => (browser.process()?.signalCode ? undefined : browser.close()));
  return browser;
}

/** A tab at this address. Opened empty first: a document that exists before the extension is ready would have no bridge. */
export async function open(browser, address) {
  const page = await browser.newPage();
  await page.goto(address, { waitUntil: 'load' });
  await waitFor(page, () => document.readyState === 'complete');
  return page;
}

/** Calls the library in a page (or frame) and tells how it ended. @param {string} call e.g. "status()" */
export async function ask(page, call) {
  // As text: Firefox leaves out an object that it has serialised before.
  return JSON.parse(await page.evaluate(`(async () => {
    for (let i = 0; !window.sealferry && i < 100; i += 1) await new Promise((r) => setTimeout(r, 20));
    const { connect, status } = window.sealferry;
    try { return JSON.stringify({ value: await (${call}) }); }
    catch (e) { return JSON.stringify({ error: { ...e, message: e.message } }); }
  })()`));
}

/**
 * What the page says next on its console after this word. To wait for what follows a click there is no other way: looking into
 * the page counts as the user's act in Chromium, and ends the user's act in Firefox.
 */
export function told(page, word, patience = 20_000) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the page never said "${word}"`)), patience);
    page.on('console', (line) => {
      if (!line.text().startsWith(`${word} `)) return;
      clearTimeout(timer);
      resolve(line.text().slice(word.length + 1));
    });
  });
}
