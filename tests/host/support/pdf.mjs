// SPDX-License-Identifier: Apache-2.0
// Documents of our own, as large as a test wants them, and what others say of them once they are stamped.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An A4 document; `ballast` bytes of noise lie in a stream that nothing shows, `catalog` are further members of the catalog. */
export function makePdf({ pages = 3, ballast = 0, words = 'Contract', catalog = '' } = {}) {
  const objects = [];
  const parts = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  let size = parts[0].length;
  const put = (part) => {
    parts.push(part);
    size += part.length;
  };
  const add = (body, stream) => {
    objects.push(size);
    put(Buffer.from(`${objects.length} 0 obj\n${body}\n${stream ? 'stream\n' : 'endobj\n'}`));
    if (stream) [stream, Buffer.from('\nendstream\nendobj\n')].forEach(put);
  };
  const kids = Array.from({ length: pages }, (_, index) => `${5 + 2 * index} 0 R`).join(' ');
  add(`<</Type /Catalog /Pages 2 0 R ${catalog}>>`);
  add(`<</Type /Pages /Count ${pages} /Kids [${kids}]>>`);
  add('<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>');
  add(`<</Length ${ballast}>>`, randomBytes(ballast));
  for (let page = 1; page <= pages; ++page) {
    const content = Buffer.from(`BT /F1 18 Tf 72 700 Td (${words}, page ${page}) Tj ET`);
    add(`<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <</Font <</F1 3 0 R>>>> /Contents ${objects.length + 2} 0 R>>`);
    add(`<</Length ${content.length}>>`, content);
  }
  const rows = objects.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  put(Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<</Size ${objects.length + 1} /Root 1 0 R>>\nstartxref\n${size}\n%%EOF\n`));
  return Buffer.concat(parts);
}

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** What poppler says of each signature. */
export function pdfsig(at, bytes) {
  const file = join(at, `${sha256(bytes).slice(0, 12)}.pdf`);
  writeFileSync(file, bytes);
  const said = spawnSync('pdfsig', ['-nocert', file], { encoding: 'utf8' }).stdout;
  return {
    valid: [...said.matchAll(/Signature is Valid/g)].length, signatures: [...said.matchAll(/^Signature #/gm)].length,
    whole: [...said.matchAll(/Total document signed/g)].length, hashes: [...said.matchAll(/Signing Hash Algorithm: (\S+)/g)].map(([, name]) => name), said,
  };
}

/** The bytes under the last signature, and the message in its /Contents. */
export function lastSignature(bytes) {
  const [, ...range] = [...bytes.toString('latin1').matchAll(/\/ByteRange \[(\d+) (\d+) (\d+) (\d+)/g)].at(-1);
  const [start, before, after, rest] = range.map(Number);
  const contents = Buffer.from(bytes.subarray(before + 1, after - 1).toString('latin1'), 'hex');
  const length = contents.readUInt8(1) === 0x82 ? 4 + contents.readUInt16BE(2) : 0;
  return { content: Buffer.concat([bytes.subarray(start, before), bytes.subarray(after, after + rest)]), message: contents.subarray(0, length) };
}

/** `openssl cms -verify` of the last signature: throws unless it holds. The chain is not its matter. */
export function opensslVerifies(at, bytes) {
  const { content, message } = lastSignature(bytes);
  const [data, cms] = [join(at, 'content.bin'), join(at, 'message.der')];
  writeFileSync(data, content);
  writeFileSync(cms, message);
  execFileSync('openssl', ['cms', '-verify', '-binary', '-inform', 'DER', '-in', cms, '-content', data, '-noverify', '-out', join(at, 'out.bin')], { stdio: 'pipe' });
}
