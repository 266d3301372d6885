// SPDX-License-Identifier: Apache-2.0
// A document of 100 MB from a page to the host and back into a Blob of the page, against the same bytes through a bare extension to a
// program that only echoes: same Blob, same parts, as many of them under way, base64 made and undone by the same functions (a message
// is JSON), the answer put together as a Blob too. What ours does besides: SHA-256 on both sides, in both directions, a file, the rights.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, tell } from './figures.mjs';
import { line } from './line.mjs';

const megabytes = Number(process.env.SEALFERRY_BENCH_MB ?? 100);
const rounds = Number(process.env.SEALFERRY_BENCH_ROUNDS ?? 5);
/** Firefox is slower at carrying large messages and clones them once more on our way: 1.5 where this was written. */
const limits = { chromium: 1.3, firefox: 2 };

/** Gives the page a function that goes one round, both ways in turn, and tells the milliseconds of each. */
async function prepare(page, size) {
  await page.evaluate(async (bytes) => {
    while (!window.sealferry) await new Promise((resolve) => setTimeout(resolve, 20));
    const { channel } = await window.sealferry.connect();
    const { withDocument, fetchDocument } = await import('/client/documents.js');
    const { toBase64, fromBase64 } = await import('/client/base64.js');
    const { offsets, part, pipelined } = await import('/client/pipeline.js');
    const block = new Uint8Array(1e6);
    for (let at = 0; at < block.length; at += 50_000) crypto.getRandomValues(block.subarray(at, at + 50_000));
    const document = new Blob(Array.from({ length: bytes / 1e6 }, () => block));

    const waiting = new Map();
    addEventListener('message', ({ data }) => {
      const { id, data: text } = data.echoed ?? {};
      waiting.get(id)?.(text);
      waiting.delete(id);
    });
    let last = 0;
    const echo = (data) => new Promise((resolve) => {
      waiting.set(++last, resolve);
      window.postMessage({ echo: { id: last, data } }, location.origin);
    });
    const bare = async () => {
      const parts = [];
      let ahead = document.slice(0, part).arrayBuffer();
      await pipelined(offsets(document.size), async (offset) => {
        const bytes = new Uint8Array(await ahead);
        ahead = document.slice(offset + part, offset + 2 * part).arrayBuffer();
        const text = toBase64(bytes);
        return async () => (parts[offset / part] = new Blob([fromBase64(await echo(text))]));
      });
      return new Blob(parts);
    };
    const ours = { up: 0 };
    const whole = async () => {
      const began = performance.now();
      return withDocument(channel, document, (handle) => {
        ours.up = performance.now() - began;
        return fetchDocument(channel, handle, document.size, 'application/pdf');
      });
    };
    const timed = async (run) => {
      const began = performance.now();
      const back = await run();
      if (back.size !== document.size) throw new Error('another size');
      return performance.now() - began;
    };
    window.round = async () => ({ bare: await timed(bare), ours: await timed(whole), up: ours.up });
  }, size);
}

/** Milliseconds of each round; the first only warms up. A round a call: the driver of the browser is patient with one for three minutes. */
async function measure(page, size, count) {
  await prepare(page, size);
  const took = { bare: [], ours: [], up: [] };
  for (let i = 0; i <= count; ++i) {
    const one = await page.evaluate(() => window.round());
    if (i > 0) for (const [name, list] of Object.entries(took)) list.push(one[name]);
  }
  return took;
}

for (const name of (process.env.SEALFERRY_BROWSERS ?? 'chromium firefox').split(' ')) {
  test(`${name}: a document of ${megabytes} MB to the host and back within ${limits[name]} times a bare echo`, async (t) => {
    const took = await measure(await line(t, name), megabytes * 1e6, rounds);
    const ratio = median(took.ours) / median(took.bare);
    tell(`document, ${megabytes} MB, ${name}`, {
      'ours, ms': median(took.ours), 'of it up, ms': median(took.up), 'bare echo, ms': median(took.bare), ratio, limit: limits[name],
    });
    assert.ok(ratio <= limits[name], `ratio ${ratio.toFixed(2)}`);
  });
}
