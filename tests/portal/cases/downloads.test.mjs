// SPDX-License-Identifier: Apache-2.0
// Packages of the control: offered are those that the portal has, and nothing else of their folder, or of what is above it, is served.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { scratch } from '../../browser/support/folders.mjs';
import { demonstration } from '../../browser/support/demonstration.mjs';
import { reachable } from '../support/portal.mjs';

test('the package that is there is offered and served', async (t) => {
  const folder = scratch();
  const downloads = join(folder, 'downloads');
  mkdirSync(downloads);
  const { origin } = await demonstration(t, folder, { downloads });
  const get = (path) => fetch(reachable(origin) + path, { headers: { connection: 'close' } });
  const offered = async () => (await (await get('/api/portal')).json()).downloads;

  assert.deepEqual(await offered(), []);
  const content = Buffer.from('a package');
  writeFileSync(join(downloads, 'sealferry.deb'), content);
  writeFileSync(join(downloads, 'notes.txt'), 'for the administrator');
  assert.deepEqual(await offered(), [{ name: 'Linux（deb）', kind: 'deb', address: '/downloads/sealferry.deb' }]);
  const answer = await get('/downloads/sealferry.deb');
  assert.equal(answer.status, 200);
  assert.deepEqual(Buffer.from(await answer.arrayBuffer()), content);
  for (const missing of ['sealferry.msi', '..%2Fpin', '%2E%2E%2Fpin', 'notes.txt', 'nothing.deb']) assert.equal((await get(`/downloads/${missing}`)).status, 404, missing);
});
