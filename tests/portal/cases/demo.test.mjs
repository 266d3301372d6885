// SPDX-License-Identifier: Apache-2.0
// What ./demo --headless walks once everything is built, and what it leaves for people and scripts.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { browsers } from '../../browser/support/browser.mjs';
import { pictures } from '../support/portal.mjs';

const program = fileURLToPath(new URL('../../browser/demo.mjs', import.meta.url));

for (const name of browsers) {
  test(`${name}: ./demo --headless`, { timeout: 240_000 }, () => {
    const out = pictures(`demo-${name}`);
    const ran = spawnSync(process.execPath, [program, '1', name, out], { encoding: 'utf8', timeout: 200_000 });
    assert.equal(ran.status, 0, ran.stdout + ran.stderr);
    const read = (file) => JSON.parse(readFileSync(`${out}/${file}`, 'utf8'));
    const journey = read('journey.json');
    assert.equal(journey.browser, name);
    assert.ok(journey.steps.length >= 7 && journey.steps.every(({ passed }) => passed));
    assert.equal(journey.verified.ours.verdict, 'valid');
    const { receipt, message } = read('receipt.json');
    assert.equal(receipt.type, 'sealferry-receipt');
    assert.equal(receipt.order, journey.order);
    assert.ok(Buffer.from(message, 'base64').length > 1000);
    assert.equal(readFileSync(`${out}/stamped.pdf`).subarray(0, 5).toString(), '%PDF-');
    assert.ok(readdirSync(out).filter((file) => /^\d\d-.*\.png$/.test(file)).length >= 8);
  });
}
