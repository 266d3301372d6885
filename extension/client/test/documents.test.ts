// SPDX-License-Identifier: Apache-2.0
import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fetchDocument, withDocument } from '../src/documents.js';
import type { Request } from '../src/messages.js';
import { inFlight, part } from '../src/pipeline.js';
import { Sha256 } from '../src/sha256.js';
import { FarEnd, settled } from './far-end.js';

const most = 512 * 1024;
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A far end that keeps documents as the host does. */
class Store {
  bytes = Buffer.alloc(0);
  closed = 0;
  stamped = 0;
  digest: string | undefined;
  readonly far: FarEnd;

  constructor(fail: (request: Request, end: FarEnd) => boolean = () => false) {
    this.far = new FarEnd((request, end) => (fail(request, end) ? undefined : this.answer(request)));
  }

  private answer({ method, params }: Request): unknown {
    const p = params as { offset: number; length: number; data: string; sha256?: string };
    if (method === 'stampDocument') return {};
    if (method === 'openDocument') return this.open();
    if (method === 'closeDocument') return (this.closed += 1) && {};
    if (method === 'readDocument') return this.read(p);
    expect(p.offset).toBe(this.bytes.length);
    expect(Buffer.from(p.data, 'base64').length).toBeLessThanOrEqual(most);
    this.bytes = Buffer.concat([this.bytes, Buffer.from(p.data, 'base64')]);
    this.digest = p.sha256;
    return { received: this.bytes.length };
  }

  private open(): unknown {
    this.bytes = Buffer.alloc(0);
    return { document: 'd1' };
  }

  private read({ offset, length }: { offset: number; length: number }): unknown {
    const last = offset + length >= this.bytes.length;
    const data = this.bytes.subarray(offset, offset + length).toString('base64');
    return { data, size: this.bytes.length, ...(last && { sha256: this.digest ?? hash(this.bytes) }) };
  }
}

describe('documents', () => {
  for (const size of [0, 1, part - 1, part, part + 1, 5 * part + 17]) {
    it(`go to the host and back unchanged: ${size} bytes`, async () => {
      const bytes = randomBytes(size);
      const store = new Store();
      const channel = store.far.channel();
      await withDocument(channel, new Blob([bytes]), async (handle) => expect(handle).toBe('d1'));
      expect(store.bytes.equals(bytes)).toBe(true);
      expect(store.digest).toBe(hash(bytes));
      const back = await fetchDocument(channel, 'd1', size, 'application/pdf');
      expect(Buffer.from(await back.arrayBuffer()).equals(bytes)).toBe(true);
      expect(back.type).toBe('application/pdf');
    });
  }

  it('are refused when the digest does not match', async () => {
    const store = new Store();
    store.bytes = Buffer.from('altered on the way');
    store.digest = hash(Buffer.from('original'));
    await expect(fetchDocument(store.far.channel(), 'd1', store.bytes.length, '')).rejects.toMatchObject({ detail: { reason: 'digestMismatch' } });
  });

  it('are sent again from the Blob after the host was started anew', async () => {
    let crashed = false;
    const store = new Store(({ id, method }, end) => {
      if (method !== 'appendDocument' || crashed) return false;
      crashed = true;
      end.fail(id, 113, 'host_stopped');
      return true;
    });
    const result = await withDocument(store.far.channel(), new Blob(['text']), async () => 'used');
    expect(result).toBe('used');
    expect(store.far.requests.filter(({ method }) => method === 'openDocument').length).toBe(2);
  });
});

describe('a transfer', () => {
  it('tells how many bytes have arrived, in both directions', async () => {
    const store = new Store();
    const channel = store.far.channel();
    const told: [string, number, number][] = [];
    const onBytes = (...news: [string, number, number]) => told.push(news);
    const size = 2 * part + 9;
    await withDocument(channel, new Blob([randomBytes(size)]), async () => {}, { onBytes });
    await fetchDocument(channel, 'd1', size, '', { onBytes });
    const each = (step: string) => [part, 2 * part, size].map((done) => [step, done, size]);
    expect(told).toEqual([...each('send'), ...each('fetch')]);
  });

  it('ends when the page aborts, takes the document out, and sends no more', async () => {
    const abort = new AbortController();
    const store = new Store(({ method, params }, end) => {
      if (method === 'cancel') {
        end.fail((params as { id: number }).id, 109, 'cancelled');
        return true;
      }
      if (method !== 'appendDocument' || store.bytes.length < part) return false;
      abort.abort();
      return true;
    });
    const sending = withDocument(store.far.channel(), new Blob([randomBytes(40 * part)]), async () => {}, { signal: abort.signal });
    await expect(sending).rejects.toMatchObject({ name: 'cancelled' });
    await settled();
    expect(store.closed).toBe(1);
    expect(store.far.requests.filter(({ method }) => method === 'appendDocument').length).toBeLessThan(16);
  });

  it('has at most so many parts under way, and as many where answers are slow', async () => {
    const parts = 3 * inFlight;
    const held: (() => void)[] = [];
    let sent = 0;
    let most = 0;
    const store = new Store(({ id, method, params }, end) => {
      if (method !== 'appendDocument') return false;
      held.push(() => end.answer(id, { received: (params as { offset: number }).offset }));
      sent += 1;
      most = Math.max(most, held.length);
      // Nothing is answered before no more can come: one too many would have come by the time the next is prepared.
      if (held.length < inFlight && sent < parts) return true;
      setTimeout(() => held.splice(0).forEach((answer) => answer()), 50);
      return true;
    });
    await withDocument(store.far.channel(), new Blob([randomBytes(parts * part)]), async () => {});
    expect(most).toBe(inFlight);
  });

  it('is repeated when the document was lost on its way, but not once the act was asked for', async () => {
    for (const lostAt of ['appendDocument', 'stampDocument']) {
      let lost = false;
      const store = new Store(({ id, method }, end) => {
        if (method === 'stampDocument') store.stamped += 1;
        if (method !== lostAt || lost) return false;
        lost = true;
        end.fail(id, 113, 'host_stopped');
        return true;
      });
      const channel = store.far.channel();
      const outcome = withDocument(channel, new Blob(['text']), (document) => channel.request('stampDocument', { document }), { once: true });
      if (lostAt === 'appendDocument') await outcome;
      else await expect(outcome).rejects.toMatchObject({ name: 'host_stopped' });
      expect(store.stamped).toBe(1);
    }
  });
});

describe('SHA-256', () => {
  it('equals another implementation at every length around the block', () => {
    for (let size = 0; size < 200; size += 1) {
      const bytes = randomBytes(size);
      expect(new Sha256().update(bytes.subarray(0, size / 3)).update(bytes.subarray(size / 3)).hex()).toBe(hash(bytes));
    }
  });
});
