// SPDX-License-Identifier: Apache-2.0
// page → extension → host → extension → page, against the same way through a bare extension to a program that only echoes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, tell } from './figures.mjs';
import { line } from './line.mjs';

test('a call through the whole line takes at most 1.5 times a bare echo', async (t) => {
  const page = await line(t, 'chromium');
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
