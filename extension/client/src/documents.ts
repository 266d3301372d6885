// SPDX-License-Identifier: Apache-2.0
// Documents travel in parts, several on their way at once: a round trip per part would cost more than the bytes.
import { fromBase64, toBase64 } from './base64.js';
import type { Channel } from './channel.js';
import { SealFerryError } from './error.js';
import { Sha256 } from './sha256.js';

const part = 512 * 1024;
const inFlight = 4;

/** Puts the document into the host, lends its handle, and takes it out again. After a crash of the host it is sent once more. */
export async function withDocument<T>(channel: Channel, blob: Blob, use: (document: string) => Promise<T>): Promise<T> {
  try {
    return await lend(channel, blob, use);
  } catch (error) {
    if (!(error instanceof SealFerryError) || error.name !== 'host_stopped') throw error;
    return lend(channel, blob, use);
  }
}

async function lend<T>(channel: Channel, blob: Blob, use: (document: string) => Promise<T>): Promise<T> {
  const { document } = await channel.request<{ document: string }>('openDocument', { size: blob.size });
  try {
    await send(channel, document, blob);
    return await use(document);
  } finally {
    discard(channel, document);
  }
}

async function send(channel: Channel, document: string, blob: Blob): Promise<void> {
  const digest = new Sha256();
  await pipelined(offsets(blob.size), async (offset) => {
    const bytes = new Uint8Array(await blob.slice(offset, offset + part).arrayBuffer());
    digest.update(bytes);
    const last = offset + bytes.length >= blob.size;
    const params = { document, offset, data: toBase64(bytes), ...(last && { sha256: digest.hex() }) };
    return () => channel.request('appendDocument', params);
  });
}

/** Fetches a document the host made, compares its digest, and takes it out of the host. */
export async function fetchDocument(channel: Channel, document: string, size: number, mediaType: string): Promise<Blob> {
  const parts: Uint8Array[] = [];
  let stated: string | undefined;
  await pipelined(offsets(size), async (offset) => async () => {
    const length = Math.min(part, size - offset);
    const { data, sha256 } = await channel.request<{ data: string; sha256?: string }>('readDocument', { document, offset, length });
    parts[offset / part] = fromBase64(data);
    stated = sha256 ?? stated;
  });
  discard(channel, document);
  const digest = parts.reduce((sum, bytes) => sum.update(bytes), new Sha256()).hex();
  if (digest !== stated) throw new SealFerryError('internal', { detail: { reason: 'digestMismatch' } });
  return new Blob(parts, { type: mediaType });
}

/** Nobody waits for this: handles die with the connection anyway. */
function discard(channel: Channel, document: string): void {
  channel.request('closeDocument', { document }).catch(() => {});
}

function offsets(size: number): number[] {
  return Array.from({ length: Math.max(1, Math.ceil(size / part)) }, (_, index) => index * part);
}

/** Prepares in order; each prepared step then runs beside at most three others. */
async function pipelined(at: number[], prepare: (offset: number) => Promise<() => Promise<unknown>>): Promise<void> {
  const running = new Set<Promise<unknown>>();
  for (const offset of at) {
    if (running.size >= inFlight) await Promise.race(running);
    const step = (await prepare(offset))();
    const tracked: Promise<unknown> = step.finally(() => running.delete(tracked));
    tracked.catch(() => {});
    running.add(tracked);
  }
  await Promise.all(running);
}
