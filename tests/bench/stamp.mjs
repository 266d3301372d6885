// SPDX-License-Identifier: Apache-2.0
// Stamping beside hashing the same file, and a very long document beside counting its pages.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { root, tell } from './figures.mjs';
import { compared, mostHeld, timed } from './programs.mjs';
import { signers } from './signers.mjs';

const folder = mkdtempSync(join(tmpdir(), 'sealferry-bench-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A PDF of so many pages, each with a stream of so many bytes, and an empty signature field if asked. Buffered, for there may be 150,000 of them. */
function make(name, pages, bytesEach, field = false) {
  const path = join(folder, name);
  const file = openSync(path, 'w');
  let at = 0;
  let waiting = [];
  let waitingBytes = 0;
  const flush = () => { writeSync(file, Buffer.concat(waiting)); waiting = []; waitingBytes = 0; };
  const put = (data) => {
    const bytes = Buffer.isBuffer(data) ? data : Buffer.from(data, 'latin1');
    at += bytes.length;
    waitingBytes += bytes.length;
    waiting.push(bytes);
    if (waitingBytes > 4 << 20) flush();
  };
  const offsets = [];
  const noise = randomBytes(Math.max(1, bytesEach));
  const object = (number, body) => { offsets[number] = at; put(`${number} 0 obj\n${body}\nendobj\n`); };
  put('%PDF-1.7\n');
  const last = 3 + pages * 2;
  object(1, `<</Type /Catalog /Pages 2 0 R${field ? ` /AcroForm <</Fields [${last} 0 R] /SigFlags 3>>` : ''}>>`);
  const kids = [];
  for (let i = 0; i < pages; ++i) {
    const page = 3 + i * 2;
    kids.push(`${page} 0 R`);
    object(page, `<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${page + 1} 0 R${field && i === 0 ? ` /Annots [${last} 0 R]` : ''}>>`);
    offsets[page + 1] = at;
    put(`${page + 1} 0 obj\n<</Length ${bytesEach}>>\nstream\n`);
    if (bytesEach > 0) put(noise);
    put('\nendstream\nendobj\n');
  }
  object(2, `<</Type /Pages /Count ${pages} /Kids [${kids.join(' ')}]>>`);
  if (field) object(last, '<</Type /Annot /Subtype /Widget /FT /Sig /T (s) /Rect [10 10 100 100] /P 3 0 R /F 4>>');
  const start = at;
  const size = last + (field ? 1 : 0);
  put(`xref\n0 ${size}\n0000000000 65535 f \n`);
  for (let number = 1; number < size; ++number) put(`${String(offsets[number]).padStart(10, '0')} 00000 n \n`);
  put(`trailer\n<</Size ${size} /Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`);
  flush();
  closeSync(file);
  return path;
}

function measure(file, rounds) {
  const child = join(root, 'build/release/bin/sealferry-document');
  const said = execFileSync(join(root, 'build/dev/bench/stamp'), [child, file, join(folder, 'out.pdf'), String(rounds)], { timeout: 300_000 });
  return JSON.parse(said.toString());
}

function judge(name, figures, ratio, mebibytes) {
  tell(name, { 'stamping, s': figures.stamping, 'limit, s': figures.limit, ratio: figures.ratio, 'at most': ratio, 'PSS, MiB': figures.pssKiB / 1024, 'at most, MiB': mebibytes });
  assert.ok(figures.ratio <= ratio, `ratio ${figures.ratio}`);
  assert.ok(figures.pssKiB <= mebibytes * 1024, `${figures.pssKiB} KiB`);
}

test('stamping 500 MB within 1.35 times its hash, in 32 MiB', () => {
  judge('stamp 500 MB', measure(make('large.pdf', 500, 1_000_000), 7), 1.35, 32);
});

test('others signing 500 MB, beside its hash', async () => {
  const file = make('large.pdf', 500, 1_000_000);
  const out = join(folder, 'signed.pdf');
  const withField = { path: make('field.pdf', 500, 1_000_000, true), field: 1003 };
  const found = signers({ folder, file, withField, out });
  const took = compared({ hash: ['openssl', ['dgst', '-sha256', file]], ...found }, 3);
  const figures = { 'hash, s': took.hash / 1000 };
  for (const [name, program] of Object.entries(found)) {
    rmSync(out, { force: true });
    const held = await mostHeld(program);
    assert.match(timed('pdfsig', ['-nocert', out]).stdout, /Signed Ranges/, `${name} did not sign`);
    figures[`${name}, ratio`] = took[name] / took.hash;
    figures[`${name}, MiB`] = held / 1024;
  }
  tell('others sign 500 MB', figures);
});

test('stamping 1 MB within 4 times its hash', () => {
  judge('stamp 1 MB', measure(make('small.pdf', 10, 100_000), 31), 4, 32);
});

test('stamping the last of 150,000 pages within a quarter of the time that counting them takes, in 64 MiB', () => {
  judge('stamp 150,000 pages', measure(make('long.pdf', 150_000, 0), 'pages'), 0.25, 64);
});
