// SPDX-License-Identifier: Apache-2.0
// page → extension → host → extension → page, against the same way through a bare extension to a program that only echoes. Both in
// one browser, in turn.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { open } from '../browser/support/browser.mjs';
import { extension, hostName } from '../browser/support/folders.mjs';
import { serve } from '../browser/support/site.mjs';
import { median, root, tell } from './figures.mjs';
import puppeteer from '../browser/node_modules/puppeteer-core/lib/esm/puppeteer/puppeteer-core.js';

const echoExtension = fileURLToPath(new URL('echo-extension', import.meta.url));

function register(folder, name, path, allowed) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), JSON.stringify({ name, description: name, path, type: 'stdio', allowed_origins: [allowed] }));
}

test('a call through the whole line takes at most 1.5 times a bare echo', async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'sealferry-bench-'));
  t.after(() => rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));
  const site = await serve(t);
  const hosts = join(home, 'profile', 'NativeMessagingHosts');
  const own = JSON.parse(readFileSync(join(root, 'build/dev/manifest/chromium', `${hostName}.json`), 'utf8'));
  register(hosts, hostName, join(root, 'build/release/bin/sealferry-host'), own.allowed_origins[0]);
  const browser = await puppeteer.launch({
    executablePath: '/usr/bin/chromium', headless: true, pipe: true, userDataDir: join(home, 'profile'), enableExtensions: true,
    args: ['--no-sandbox'], env: { ...process.env, HOME: home },
  });
  t.after(() => browser.close());
  await browser.installExtension(extension);
  register(hosts, 'org.sealferry.echo', join(root, 'build/dev/bench/frame_echo'), `chrome-extension://${await browser.installExtension(echoExtension)}/`);
  const page = await open(browser, site.origin);
  await page.reload({ waitUntil: 'load' });
  const figures = await page.evaluate(async () => {
    while (!window.sealferry) await new Promise((resolve) => setTimeout(resolve, 20));
    const connected = await window.sealferry.connect();
    const echo = (message) => new Promise((resolve) => {
      const heard = ({ data }) => {
        if (data.echoed?.id !== message.id) return;
        window.removeEventListener('message', heard);
        resolve();
      };
      window.addEventListener('message', heard);
      window.postMessage({ echo: message }, location.origin);
    });
    const took = { ours: [], bare: [] };
    const time = async (name, run) => {
      const began = performance.now();
      await run();
      took[name].push(performance.now() - began);
    };
    for (let id = 1; id <= 400; ++id) {
      await time('bare', () => echo({ id, jsonrpc: '2.0', method: 'hello', params: {} }));
      await time('ours', () => connected.channel.request('hello', {}));
    }
    return { ours: took.ours.slice(50), bare: took.bare.slice(50) };
  });
  const ratio = median(figures.ours) / median(figures.bare);
  tell('round trip', { 'ours, ms': median(figures.ours), 'bare echo, ms': median(figures.bare), ratio, limit: 1.5 });
  assert.ok(ratio <= 1.5, `ratio ${ratio.toFixed(2)}`);
});
