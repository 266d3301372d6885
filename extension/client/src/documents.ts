// SPDX-License-Identifier: Apache-2.0
// Documents travel in parts (pipeline.ts), and never lie in the page's memory as a whole: a Blob may be on disk.
import { fromBase64, toBase64 } from './base64.js';
import type { Channel } from './channel.js';
import { SealFerryError } from './error.js';
import { offsets, part, pipelined } from './pipeline.js';
import { Sha256 } from './sha256.js';

/** What a transfer can be given. */
export interface Transfer {
  signal?: AbortSignal | undefined;
  /** Bytes that have arrived on the other side, and all there are. */
  onBytes?: ((step: 'send' | 'fetch', done: number, total: number) => void) | undefined;
  /** The act on the document must not happen twice: it is sent again only after it was lost on its way. */
  once?: boolean;
}

/** What is done with a document in the host; `digest` has taken in all of it and may take in what is appended. */
type Use<T> = (document: string, digest: Sha256) => Promise<T>;

/** Puts the document into the host, lends its handle, and takes it out again. After a crash of the host it is sent once more. */
export async function withDocument<T>(
  channel: Channel, blob: Blob, use: Use<T>, transfer: Transfer = {},
): Promise<T> {
  let used = false;
  const attempt = () => lend(channel, blob, (...lent) => ((used = true), use(...lent)), transfer);
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof SealFerryError) || error.name !== 'host_stopped' || (used && transfer.once)) throw error;
    return attempt();
  }
}

async function lend<T>(channel: Channel, blob: Blob, use: Use<T>, transfer: Transfer): Promise<T> {
  const { document } = await channel.request<{ document: string }>('openDocument', { size: blob.size }, { signal: transfer.signal });
  try {
    return await use(document, await send(channel, document, blob, transfer));
  } finally {
    discard(channel, document);
  }
}

async function send(channel: Channel, document: string, blob: Blob, { signal, onBytes }: Transfer): Promise<Sha256> {
  const digest = new Sha256();
  const read = (offset: number) => blob.slice(offset, offset + part).arrayBuffer();
  let ahead = read(0);
  let sent = 0;
  await pipelined(offsets(blob.size), async (offset) => {
    const bytes = new Uint8Array(await ahead);
    const last = offset + bytes.length >= blob.size;
    if (!last) ahead = read(offset + part); // while this one is hashed and put into text
    ahead.catch(() => {}); // it is told when its turn comes
    digest.update(bytes);
    const params = { document, offset, data: toBase64(bytes), ...(last && { sha256: digest.clone().hex() }) };
    return async () => {
      await channel.request('appendDocument', params, { signal });
      onBytes?.('send', (sent += bytes.length), blob.size);
    };
  });
  return digest;
}

/** Fetches a document the host made, compares its digest, and takes it out of the host. */
export async function fetchDocument(
  channel: Channel, document: string, size: number, mediaType: string, { signal, onBytes }: Transfer = {},
): Promise<Blob> {
  const arrived = new Map<number, Uint8Array>();
  const parts: Blob[] = [];
  const digest = new Sha256();
  let stated: string | undefined;
  let done = 0;
  const take = () => {
    for (let bytes; (bytes = arrived.get(parts.length)); ) {
      arrived.delete(parts.length);
      parts.push(new Blob([bytes]));
      digest.update(bytes);
      onBytes?.('fetch', (done += bytes.length), size);
    }
  };
  await pipelined(offsets(size), async (offset) => async () => {
    const length = Math.min(part, size - offset);
    const { data, sha256 } = await channel.request<{ data: string; sha256?: string }>('readDocument', { document, offset, length }, { signal });
    arrived.set(offset / part, fromBase64(data));
    stated = sha256 ?? stated;
    take();
  });
  discard(channel, document);
  if (digest.hex() !== stated) throw new SealFerryError('internal', { detail: { reason: 'digestMismatch' } });
  return new Blob(parts, { type: mediaType });
}

/** Nobody waits for this: handles die with the connection anyway. */
function discard(channel: Channel, document: string): void {
  channel.request('closeDocument', { document }).catch(() => {});
}
