// SPDX-License-Identifier: Apache-2.0
// An administrator's list in the browser narrows what the host allows, and never widens it.
import assert from 'node:assert/strict';
import test from 'node:test';
import { ask, browsers, open, start } from '../support/browser.mjs';
import { scratch } from '../support/folders.mjs';
import { realHost } from '../support/host.mjs';
import { isPossible } from '../support/managed.mjs';
import { serve } from '../support/site.mjs';

const skip = isPossible() ? false : 'this machine does not let a test have mounts of its own';
if (skip) console.log(`SKIPPED: managed storage: ${skip}`);

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

for (const name of browsers) {
  test(`${name}: a site the host trusts, but not the browser's administrator, is refused`, { skip }, async (t) => {
    const [listed, other] = [await serve(t), await serve(t)];
    const host = realHost(scratch(), { allowLocalhost: true, trustedSites: [other.origin] });
    const browser = await start(t, name, { host, policy: { trustedSites: [listed.origin] } });
    const tab = await open(browser, other.origin);
    let outcome;
    for (let i = 0; i < 20 && !outcome?.error; i += 1, await pause(500)) outcome = await ask(tab, 'connect().then(() => 1)');
    assert.equal(outcome.error.name, 'origin_not_trusted');
    const { value } = await ask(await open(browser, listed.origin), 'status()');
    assert.deepEqual(value.site.rights, [], 'the list alone gives no rights');
  });
}
