// SPDX-License-Identifier: Apache-2.0
// The question whether a site may use the key: only after a click, never a fourth time, policy first; and windows that close.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Host, folder, policy } from '../support/host.mjs';

const site = { origin: 'https://ca.example', topOrigin: 'https://ca.example' };
const clicked = { ...site, gesture: true };

function setUp(t, answers, members = {}) {
  const at = folder(t);
  writeFileSync(join(at, 'prompt'), answers.map((line) => `${line}\n`).join(''));
  const file = policy(at, members);
  const questions = () => (existsSync(join(at, 'prompt.log')) ? readFileSync(join(at, 'prompt.log'), 'utf8').trim().split('\n') : []);
  return { host: new Host(t, ['--config', file]), file, questions };
}

test('without a click no window opens', async (t) => {
  const { host, questions } = setUp(t, ['accept']);
  const { error } = await host.ask('trustSite', {}, site);
  assert.deepEqual([error.data.name, error.data.detail.reason], ['origin_not_trusted', 'gesture']);
  assert.deepEqual(questions(), []);
});

test('allowed: remembered, also by the next process', async (t) => {
  const { host, file, questions } = setUp(t, ['accept']);
  assert.deepEqual((await host.ask('trustSite', {}, clicked)).result, { outcome: 'granted', rights: ['read', 'write', 'test'] });
  assert.match(questions()[0], /https:\/\/ca\.example/);
  assert.deepEqual(host.notes.map((note) => note.params.what), ['trust', 'closed']);
  assert.equal((await host.ask('listKeys', {}, site)).error.data.name, 'no_driver');
  await host.close();
  const next = new Host(t, ['--config', file]);
  assert.equal((await next.ask('trustSite', {}, site)).result.outcome, 'granted');
  assert.equal(questions().length, 1);
});

test('denied three times: silent from then on, for this site only', async (t) => {
  const { host, questions } = setUp(t, ['refuse', 'refuse', 'refuse', 'accept']);
  for (let i = 0; i < 5; ++i) assert.equal((await host.ask('trustSite', {}, clicked)).result.outcome, 'denied');
  assert.equal(questions().length, 3);
  const { result } = await host.ask('status', {}, site);
  assert.equal(result.site.mayAsk, false);
  const other = { origin: 'https://other.example', topOrigin: 'https://other.example', gesture: true };
  assert.equal((await host.ask('trustSite', {}, other)).result.outcome, 'granted');
});

test('policy decides before the user does', async (t) => {
  const trusted = setUp(t, [], { trustedSites: [site.origin], siteRights: { [site.origin]: ['read'] } });
  assert.deepEqual((await trusted.host.ask('trustSite', {}, clicked)).result, { outcome: 'policy', rights: ['read'] });
  const { error } = await trusted.host.ask('testStamp', {}, site);
  assert.deepEqual([error.data.name, error.data.detail.right], ['right_missing', 'test']);
  const forbidden = setUp(t, ['accept'], { userMayTrust: false });
  assert.equal((await forbidden.host.ask('trustSite', {}, clicked)).result.outcome, 'denied');
  assert.deepEqual(forbidden.questions(), []);
});

test('cancel closes the window out of turn; a stranger cannot cancel for another', async (t) => {
  const { host } = setUp(t, ['wait']);
  const running = host.ask('trustSite', {}, clicked, 77);
  const foreign = host.ask('cancel', { id: 77 }, { origin: 'https://evil.example', topOrigin: 'https://evil.example' }, 78);
  let ended = false;
  running.then(() => (ended = true));
  assert.deepEqual((await foreign).result, {});
  assert.equal(ended, false);
  const cancelled = host.ask('cancel', { id: 77 }, site, 79);
  assert.equal((await running).error.data.name, 'cancelled');
  assert.deepEqual((await cancelled).result, {});
});

test('the browser goes away while a window is open: the process ends', async (t) => {
  const { host, questions } = setUp(t, ['wait']);
  host.ask('trustSite', {}, clicked);
  while (questions().length === 0) await new Promise((resolve) => setImmediate(resolve));
  const began = Date.now();
  assert.deepEqual(await host.close(), { code: 0, signal: null });
  assert.ok(Date.now() - began < 2000, 'Chromium kills the host after two seconds');
});

test('hostile names of sites reach the window tamed', async (t) => {
  const { host, questions } = setUp(t, ['accept']);
  const evil = 'https://ca.example%0A\u202eevil';
  assert.equal((await host.ask('trustSite', {}, { origin: evil, topOrigin: evil, gesture: true })).result.outcome, 'denied');
  assert.deepEqual(questions(), []);
});
