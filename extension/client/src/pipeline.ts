// SPDX-License-Identifier: Apache-2.0
// Several parts of a document on their way at once: a round trip per part would cost more than its bytes.

/** Bytes of a document in one message, before base64. What the host takes at most; a multiple of three needs no padding inside. */
export const part = 512 * 1024 - 2;
/** So many parts are on their way at most, and so much of a document is in the page's memory. */
export const inFlight = 8;

/** Where the parts of so many bytes begin; an empty document is one empty part. */
export function offsets(size: number): number[] {
  return Array.from({ length: Math.max(1, Math.ceil(size / part)) }, (_, index) => index * part);
}

/** Prepares in order; each prepared step then runs beside the others. Ends with the first failure. */
export async function pipelined(at: number[], prepare: (offset: number) => Promise<() => Promise<unknown>>): Promise<void> {
  const running = new Set<Promise<unknown>>();
  for (const offset of at) {
    const step = await prepare(offset);
    if (running.size >= inFlight) await Promise.race(running);
    const tracked: Promise<unknown> = step().finally(() => running.delete(tracked));
    tracked.catch(() => {});
    running.add(tracked);
  }
  await Promise.all(running);
}
