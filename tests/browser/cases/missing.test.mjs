// SPDX-License-Identifier: Apache-2.0
// Nothing installed, half installed: the page still learns which layer is missing, and what to do.
import assert from 'node:assert/strict';
import test from 'node:test';
import { ask, browsers, open, start } from '../support/browser.mjs';
import { scratch } from '../support/folders.mjs';
import { misbehavingHost } from '../support/host.mjs';
import { serve } from '../support/site.mjs';

for (const name of browsers) {
  test(`${name}: without the extension the self-check names the extension`, async (t) => {
    const site = await serve(t);
    const page = await open(await start(t, name, { extension: false }), site.origin);
    const { value } = await ask(page, 'status()');
    assert.equal(value.first.layer, 'extension');
    assert.equal(value.layers[1].state, 'unknown');
    const { error } = await ask(page, 'connect()');
    assert.equal(error.name, 'extension_missing');
    assert.equal(error.code, 'SF-111');
    assert.match(error.advice, /重新检测/);
  });

  test(`${name}: without a host the self-check names the host`, async (t) => {
    const site = await serve(t);
    const page = await open(await start(t, name), site.origin);
    const { value } = await ask(page, 'status()');
    assert.deepEqual(value.layers.slice(0, 3).map(({ state }) => state), ['ok', 'error', 'unknown']);
    const { error } = await ask(page, 'connect({ lang: "en" })');
    assert.equal(error.name, 'host_missing');
    assert.equal(error.message, 'The security control was not found.');
  });

  for (const way of ['exit', 'garbage', 'oversize']) {
    test(`${name}: a host that answers with ${way} is reported, and started again by the next call`, async (t) => {
      const site = await serve(t);
      const host = misbehavingHost(scratch(), way);
      const page = await open(await start(t, name, { host }), site.origin);
      for (const starts of [1, 2]) {
        const { error } = await ask(page, 'connect()');
        assert.equal(error.name, 'host_stopped');
        assert.equal(error.retry, true);
        assert.equal(host.pids().length, starts);
      }
    });
  }

  for (const way of ['silence', 'brokenJson']) {
    test(`${name}: a host that answers with ${way} ends in an error, never in waiting for ever`, async (t) => {
      const site = await serve(t);
      const host = misbehavingHost(scratch(), way);
      const page = await open(await start(t, name, { host }), site.origin);
      const { error } = await ask(page, 'connect()');
      assert.match(error.name, name === 'firefox' && way === 'brokenJson' ? /^(host_missing|host_stopped)$/ : /^timed_out$/);
    });
  }
}
