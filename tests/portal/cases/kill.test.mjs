// SPDX-License-Identifier: Apache-2.0
// Writing is killed: SIGKILL of the worker, of the host, of the whole browser, at the calls that the worker's call log names. Every
// time the key holds the old set or the new one, whole, and the same order, reissued by the portal, then finishes.
// SEALFERRY_FULL=1: every call, five times each way.
import assert from 'node:assert/strict';
import test from 'node:test';
import { browsers, start } from '../../browser/support/browser.mjs';
import { realHost } from '../../browser/support/host.mjs';
import { Portal } from '../../browser/support/journey.mjs';
import { Bench } from '../support/killing.mjs';
import { pictures, until } from '../support/portal.mjs';
import { sample } from '../support/random.mjs';

const full = process.env.SEALFERRY_FULL === '1';

/** Every point five times, or some of them once. */
const rounds = (points, count) => (full && count > 1 ? Array.from({ length: 5 }, () => points).flat() : sample(points, count));

function killer(way, count, points, kill) {
  return async (t) => {
    const bench = await Bench.open(t);
    const found = { old: 0, new: 0 };
    const all = points(await bench.calls());
    for (const point of rounds(all, count)) {
      await kill(bench, point);
      found[bench.state()] += 1;
      await bench.finish();
    }
    t.diagnostic(`${way}: ${all.length} points; found ${found.old} times the old set, ${found.new} times the new`);
    assert.ok(found.old + found.new > 0);
  };
}

const byWorker = killer('worker', 5, (calls) => [...calls.map((call) => ['--kill-at', call]), ['--kill-after', calls.at(-1)]], (bench, [option, call]) => bench.killWorker(option, call));
const byHost = killer('host', 5, (calls) => calls, (bench, call) => bench.killHost(call));
const hanging = killer('host, driver hangs', 1, (calls) => calls, (bench, call) => bench.killHost(call, true));

/** An order at its page, begun by clicks in a browser of its own. */
async function beginIn(t, name, bench, workerArguments) {
  const host = realHost(bench.demo.folder, bench.policy(workerArguments), bench.demo.key.environment);
  const browser = await start(t, name, { host });
  const portal = await Portal.enter(browser, bench.demo.origin, pictures(`kill-${name}`));
  await portal.go(`/orders/${bench.number}/inspection`);
  return { host, browser, portal };
}

async function killBrowser(t, name, bench, call) {
  await bench.order();
  const { host, browser, portal } = await beginIn(t, name, bench, bench.pauseAt(call));
  bench.answer();
  await portal.click('去年检');
  const worker = await bench.paused();
  browser.process().kill('SIGKILL');
  // The host sees its input end and leaves at once; it does not wait for the worker.
  await until('the end of the host', () => host.alive().length === 0, 10_000);
  await bench.goesOnAlone(worker);
}

/** In a new browser: the page says what is unfinished, and one click goes on. */
async function finishInPage(t, name, bench) {
  const { browser, portal } = await beginIn(t, name, bench);
  bench.answer();
  await portal.sees(`订单${bench.number}的年检上次未完成。`);
  await portal.picture('unfinished');
  await portal.click('继续办理');
  await portal.sees('写入签章成功');
  await portal.picture('finished-after-kill');
  await bench.isFinished();
  await browser.close();
}

const byBrowser = (name) => async (t) => {
  const bench = await Bench.open(t);
  const points = rounds(await bench.calls(), 3);
  const found = { old: 0, new: 0 };
  for (const [i, call] of points.entries()) {
    await killBrowser(t, name, bench, call);
    found[bench.state()] += 1;
    await (i === 0 ? finishInPage(t, name, bench) : bench.finish());
  }
  t.diagnostic(`${name}: found ${found.old} times the old set, ${found.new} times the new`);
};

test('writing is killed', { concurrency: 5, timeout: 3_600_000 }, async (t) => {
  await Promise.all([
    t.test('by SIGKILL of the worker', byWorker),
    t.test('by SIGKILL of the host', byHost),
    t.test('by SIGKILL of the host, and the driver hangs', hanging),
    ...browsers.map((name) => t.test(`by SIGKILL of ${name}`, byBrowser(name))),
  ]);
});
