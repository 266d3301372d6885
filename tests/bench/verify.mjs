// SPDX-License-Identifier: Apache-2.0
// Checking a signed document against the digest of the same file alone, in turn; and what all our processes hold in memory.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { root, tell } from './figures.mjs';
import { compared, have, mostHeld, timed } from './programs.mjs';

const at = '2026-11-22T08:00:00Z';
const verifier = join(root, 'build/release/bin/sealferry');

function made(t, pages, bytes, signatures) {
  const folder = mkdtempSync(join(tmpdir(), 'sealferry-bench-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const files = { document: join(folder, 'document.pdf'), root: join(folder, 'root.der') };
  execFileSync(join(root, 'build/dev/bench/make_signed'), [files.document, pages, bytes, files.root, signatures].map(String), { timeout: 300_000 });
  return files;
}

const words = ({ document, root: trusted }) => ['verify', document, '--root', trusted, '--at', at, '--json'];

const peers = ({ document }) => ({
  ...(have('pdfsig') && { pdfsig: ['pdfsig', ['-nocert', document]] }),
  ...(have('mutool') && { mutool: ['mutool', ['sign', '-v', document]] }),
});

test('500 MB, signed: within 1.2 times their digest, 32 MiB in all our processes', async (t) => {
  const files = made(t, 500, 1_000_000, 1);
  const { stdout, status } = timed(verifier, words(files));
  assert.equal(status, 0, stdout);
  const limit = ['openssl', ['dgst', '-sha256', files.document]];
  const figures = compared({ digest: limit, ours: [verifier, words(files)] }, 9);
  const others = compared(peers(files), 1);
  const memory = await mostHeld([verifier, words(files)]);
  const ratio = figures.ours / figures.digest;
  tell('verify.500MB', { ours: 1, limit: 1.2, ratio, ...Object.fromEntries(Object.entries(others).map(([name, took]) => [`${name} ratio`, took / figures.digest])), 'memory, KiB': memory, 'memory limit, KiB': 32_768 });
  assert.ok(ratio <= 1.2, `ratio ${ratio.toFixed(2)}`);
  assert.ok(memory <= 32_768, `${memory} KiB`);
});

test('500 MB with five signatures: the bytes are digested once, the revisions compared by what differs', async (t) => {
  const files = made(t, 500, 1_000_000, 5);
  const { stdout, status } = timed(verifier, words(files));
  assert.equal(status, 0, stdout);
  assert.equal(JSON.parse(stdout).signatures.length, 5);
  const figures = compared({ digest: ['openssl', ['dgst', '-sha256', files.document]], ours: [verifier, words(files)] }, 7);
  const memory = await mostHeld([verifier, words(files)]);
  const ratio = figures.ours / figures.digest;
  tell('verify.500MB, five signatures', { ratio, limit: 1.5, 'memory, KiB': memory, 'memory limit, KiB': 32_768 });
  assert.ok(ratio <= 1.5, `ratio ${ratio.toFixed(2)}`);
  assert.ok(memory <= 32_768, `${memory} KiB`);
});
