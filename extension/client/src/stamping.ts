// SPDX-License-Identifier: Apache-2.0
import type { Channel } from './channel.js';
import { fetchDocument, withDocument } from './documents.js';
import { SealFerryError } from './error.js';
import type { Notification } from './messages.js';
import type { Sha256 } from './sha256.js';
import type { News, Report } from './types.js';

/** Pages from 1: `3`, `'1,3-5'`, `'last'`, `'all'`, or ranges with both ends (0 is the last page). */
export type Pages = number | string | readonly (readonly [number, number])[];

/** How far it is: bytes of the document on their way (`send`, `fetch`), or steps of the host. */
export interface Progress {
  step: 'send' | 'stamp' | 'verify' | 'fetch';
  done: number;
  total: number;
}

/** Where a document is stamped and how it is signed. At least one of `at`, `keyword` and `across`. Lengths in mm. */
export interface StampWish {
  /** The centre of the stamp from the top left corner of the page as displayed. `clamp: false`: refused where it would leave the page. */
  at?: { x: number; y: number; clamp?: boolean };
  /** Where `at` counts; the first page if not given. */
  pages?: Pages;
  /** On these words of the document: the first place, or all of them. */
  keyword?: string | { text: string; all?: boolean; clamp?: boolean };
  /** 骑缝章: cut into slices over the edges of all pages, or of a range. */
  across?: boolean | { edge?: 'right' | 'left' | 'top' | 'bottom'; along?: number; pages?: readonly [number, number] };
  /** The seal's id; needed where the key has several. */
  seal?: string;
  /** The key's serial number; needed where there are several. */
  serial?: string;
  /** Written into the signature. */
  reason?: string;
  /** Signer, time and reason in print under the stamp (not under the strips of `across`). */
  textLine?: boolean;
  /** What the page calls the document: shown to the user as a quotation, used for nothing. */
  name?: string;
  /** RSA and ECDSA keys; the key's usual one if not given. */
  digest?: 'sha256' | 'sha384' | 'sha512';
  /** RSA keys; PKCS#1 v1.5 if not given. */
  padding?: 'pkcs1' | 'pss';
  /**
   * Has the signature time-stamped (PAdES B-T): gets a TimeStampReq (RFC 3161, base64 of DER) and answers the token (base64 of DER)
   * of an authority that machine policy trusts. The control itself fetches nothing. Not for documents that bear signatures of others
   * on several pages, nor for SM2 keys.
   */
  timestamp?: (request: string) => Promise<string>;
  /** Ends the call; it rejects with `cancelled`. */
  signal?: AbortSignal;
  /** Told of each native window: show "请查看弹出窗口" while one is open. */
  onStep?(news: News): void;
  onProgress?(progress: Progress): void;
}

/** A stamp as it lies on its page: centre and size in mm as displayed. */
export interface PlacedStamp {
  page: number;
  x: number;
  y: number;
  width: number;
  height: number;
  /** Which of the new signatures it belongs to, from 0. */
  signature: number;
}

/** A stamped document and what it is worth. */
export interface Stamped {
  /** The original's bytes, and behind them what was appended. */
  document: Blob;
  /** Of the whole; compared here with what the host says. */
  sha256: string;
  report: Report;
  stamps: PlacedStamp[];
  seal: string;
  pages: number;
  /** E.g. "rsa-sha256"; "sm2-sm3" is an SES signature under GM.sm2seal, which is not PAdES. */
  algorithm: string;
  /**
   * What was done besides. `opaque`: the stamp lies on white, as PDF/A-1 has no transparency; `needAppearances`: fields keep the looks
   * they have in the file, because readers that draw them anew would leave the stamp out.
   */
  notes: string[];
  /** Of the time stamp, where there is one. */
  time?: string;
}

interface Increment {
  document: string;
  size: number;
  sha256: string;
  report: Report;
}
interface Answer extends Increment, Pick<Stamped, 'stamps' | 'seal' | 'pages' | 'algorithm' | 'notes'> {
  timestampRequest?: string;
}

/** Sends the Blob, has it stamped, and puts the whole together from the Blob and the increment. */
export function stampBlob(channel: Channel, blob: Blob, wish: StampWish): Promise<Stamped> {
  const { signal, onProgress } = wish;
  const onBytes = onProgress && ((step: 'send' | 'fetch', done: number, total: number) => onProgress({ step, done, total }));
  const use = async (document: string, digest: Sha256): Promise<Stamped> => {
    const answer = await channel.request<Answer>('stampDocument', paramsOf(document, wish), { signal, onNews: newsFor(wish) });
    const final = await stampedInTime(channel, answer, wish);
    const increment = await fetchDocument(channel, final.document, final.size, '', { signal, onBytes });
    digest.update(new Uint8Array(await increment.arrayBuffer()));
    if (digest.hex() !== final.sha256) throw new SealFerryError('internal', { detail: { reason: 'digestMismatch' } });
    const { stamps, seal, pages, algorithm, notes } = answer;
    const whole = new Blob([blob, increment], { type: blob.type || 'application/pdf' });
    return { document: whole, sha256: final.sha256, report: final.report, stamps, seal, pages, algorithm, notes, ...(final.time && { time: final.time }) };
  };
  return withDocument(channel, blob, use, { signal, onBytes, once: true });
}

async function stampedInTime(channel: Channel, answer: Answer, { timestamp, signal }: StampWish): Promise<Increment & { time?: string }> {
  if (!timestamp || answer.timestampRequest === undefined) return answer;
  const token = await timestamp(answer.timestampRequest);
  return channel.request('addTimestamp', { document: answer.document, token }, { signal });
}

function newsFor({ onStep, onProgress }: StampWish): (news: Notification) => void {
  return ({ method, params: { id: _, ...params } }) => {
    onStep?.({ kind: method, ...params } as unknown as News);
    if (method === 'progress') onProgress?.(params as unknown as Progress);
  };
}

/** The members of stampDocument's params (docs/protocol.md). */
export function paramsOf(document: string, wish: StampWish): object {
  const { at, keyword, across, seal, serial, reason, textLine, name, digest, padding, timestamp, pages } = wish;
  const all = {
    document, at, seal, serial, reason, textLine, name, digest, padding,
    pages: pages === undefined ? undefined : rangesOf(pages),
    keyword: typeof keyword === 'string' ? { text: keyword } : keyword,
    across: across === true ? {} : across || undefined,
    timestamp: timestamp ? true : undefined,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** Ranges as the host takes them. What makes no sense goes there as it is, and is refused by name. */
export function rangesOf(pages: Pages): readonly (readonly [number, number])[] {
  if (typeof pages === 'number') return [[pages, pages]];
  if (typeof pages !== 'string') return pages;
  return pages.split(',').map((range) => {
    const word = range.trim();
    if (word === 'all') return [1, 0];
    const [first, last] = word.split('-').map((end) => (end.trim() === 'last' ? 0 : Number(end.trim() || NaN)));
    return [first!, last ?? first!];
  });
}
