// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Request } from '../src/messages.js';
import { paramsOf, rangesOf, stampBlob, type StampWish } from '../src/stamping.js';
import { FarEnd } from './far-end.js';

const original = Buffer.from('%PDF-1.7 the original');
const increments: Record<string, Buffer> = { plain: Buffer.from(' and what was appended'), timed: Buffer.from(' with a time stamp in it') };
const hash = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest('hex');
const report = { verdict: 'valid' };

/** A host that stamps: its answers, and what it was asked. */
function host(alter: (answer: Record<string, unknown>) => object = (answer) => answer) {
  const far: FarEnd = new FarEnd(({ method, params }: Request) => {
    const { document } = params as { document: string };
    const told = (name: string) => ({ document: name, size: increments[name]!.length, sha256: hash(original, increments[name]!), report });
    if (method === 'openDocument') return { document: 'original' };
    if (method === 'appendDocument') return { received: original.length };
    if (method === 'closeDocument') return {};
    if (method === 'stampDocument') return alter({ ...told('plain'), stamps: [], seal: 's', pages: 1, algorithm: 'rsa-sha256', notes: ['opaque'], timestampRequest: 'cmVxdWVzdA==' });
    if (method === 'addTimestamp') return { ...told('timed'), time: '2026-11-22T08:00:00Z' };
    const bytes = increments[document]!;
    return { data: bytes.toString('base64'), size: bytes.length, sha256: hash(bytes) };
  });
  return far;
}

const at = { x: 1, y: 2 };

describe('stampBlob', () => {
  it('puts the whole together from the Blob and the increment', async () => {
    const far = host();
    const { document, sha256, report: told, notes } = await stampBlob(far.channel(), new Blob([original]), { at });
    expect(notes).toEqual(['opaque']);
    expect(Buffer.from(await document.arrayBuffer()).toString()).toBe('%PDF-1.7 the original and what was appended');
    expect([sha256, document.type, told.verdict]).toEqual([hash(original, increments['plain']!), 'application/pdf', 'valid']);
    expect(far.requests.find(({ method }) => method === 'stampDocument')?.params).toEqual({ document: 'original', at });
  });

  it('refuses a whole of another digest than the host told', async () => {
    const far = host((answer) => ({ ...answer, sha256: hash(Buffer.from('another')) }));
    await expect(stampBlob(far.channel(), new Blob([original]), { at })).rejects.toMatchObject({ name: 'internal', detail: { reason: 'digestMismatch' } });
  });

  it('has the signature time-stamped by whom the page asks', async () => {
    const far = host();
    const asked: string[] = [];
    const timestamp = async (request: string) => (asked.push(request), 'dG9rZW4=');
    const { document, time } = await stampBlob(far.channel(), new Blob([original]), { at, timestamp });
    expect(Buffer.from(await document.arrayBuffer()).toString()).toBe('%PDF-1.7 the original with a time stamp in it');
    expect([asked, time]).toEqual([['cmVxdWVzdA=='], '2026-11-22T08:00:00Z']);
    expect(far.requests.find(({ method }) => method === 'addTimestamp')?.params).toEqual({ document: 'plain', token: 'dG9rZW4=' });
  });
});

describe('a wish', () => {
  it('becomes parameters of the host, nothing beside them', () => {
    const wish: StampWish = { at, pages: 'all', keyword: '（盖章）', across: true, name: 'x', timestamp: async () => '', onProgress: () => {}, signal: new AbortController().signal };
    expect(paramsOf('d', wish)).toEqual({ document: 'd', at, pages: [[1, 0]], keyword: { text: '（盖章）' }, across: {}, name: 'x', timestamp: true });
    expect(paramsOf('d', { keyword: { text: 'k', all: true }, across: false, textLine: false })).toEqual({ document: 'd', keyword: { text: 'k', all: true }, textLine: false });
  });

  it('names pages in words people use', () => {
    expect([rangesOf(3), rangesOf('1,3-5'), rangesOf('all'), rangesOf('last'), rangesOf(' 2 - last ')]).toEqual([[[3, 3]], [[1, 1], [3, 5]], [[1, 0]], [[0, 0]], [[2, 0]]]);
    expect(rangesOf([[1, 2]])).toEqual([[1, 2]]);
    for (const nonsense of ['', 'x', '1-', '1..3']) expect(rangesOf(nonsense).flat().some(Number.isNaN)).toBe(true);
  });
});
