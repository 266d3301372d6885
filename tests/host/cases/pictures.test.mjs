// SPDX-License-Identifier: Apache-2.0
// Seals whose picture is no PNG, as other makers write them, from the CA's tool through the key to the page and onto paper.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { softKey } from '../../browser/support/key.mjs';
import { SoftKey } from '../../portal/support/soft-key.mjs';
import { Host, folder, policy, root } from '../support/host.mjs';
import { KeyWithSeal, pin } from '../support/key-with-seal.mjs';

const site = 'http://localhost:8000';
const picture = (name) => join(root, 'tests/vectors/pictures', name);

async function setUp(t, algorithm) {
  const at = folder(t);
  const keys = new KeyWithSeal(at, algorithm === 'sm2' ? new SoftKey(at) : softKey(at), site, algorithm);
  const host = new Host(t, ['--config', policy(at, keys.policy())], keys.key.environment);
  keys.learn((await host.ask('readKey')).result);
  const answer = (...lines) => writeFileSync(join(at, 'prompt'), lines.map((line) => `${line}\n`).join(''));
  return { at, keys, host, answer };
}

/** The order's one test stamp, as a file. */
async function stamped({ at, host }) {
  const { result } = await host.ask('testStamp');
  const [{ document, size }] = result.documents;
  const { data } = (await host.ask('readDocument', { document, offset: 0, length: size })).result;
  const file = join(at, 'stamped.pdf');
  writeFileSync(file, Buffer.from(data, 'base64'));
  return { report: result.report, file };
}

for (const [algorithm, words] of [['rsa', []], ['sm2', ['--version', '5', '--list', 'digests', '--timestamp', 'yes']]]) {
  test(`pictures of other kinds, on a key of ${algorithm}: written, shown as PNG, stamped`, { timeout: 120_000 }, async (t) => {
    const one = await setUp(t, algorithm);
    for (const name of ['plain.jpg', 'inks.jpg', 'interlaced.gif', 'bits4.bmp']) {
      const { order, seals } = one.keys.order(one.keys.otherSeal('--picture', picture(name), '--size', '42', ...words));
      one.answer('accept', `pin ${pin}`);
      const written = await one.host.ask('writeSeal', { order, seals });
      assert.equal(written.result?.outcome, 'written', `${name} ${JSON.stringify(written.error)}`);
      const [seal] = written.result.after.seals;
      assert.equal(seal.verdict.verdict, 'valid', name);
      assert.equal(seal.verdict.version, algorithm === 'sm2' ? 5 : 4);
      const shown = Buffer.from((await one.host.ask('readKey')).result.seals[0].picture.data, 'base64');
      assert.equal(shown.subarray(1, 4).toString(), 'PNG', name);
      assert.deepEqual([shown.readUInt32BE(16), shown.readUInt32BE(20)], [21, 13], name);
      const { report, file } = await stamped(one);
      assert.equal(report.verdict, 'valid', `${name} ${JSON.stringify(report)}`);
      assert.match(execFileSync('pdfimages', ['-list', file]).toString(), / image +21 +13 /, name);
    }
    await one.host.close();
  });
}
