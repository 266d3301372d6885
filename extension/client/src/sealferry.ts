// SPDX-License-Identifier: Apache-2.0
import { Channel, type CallOptions } from './channel.js';
import { fetchDocument, withDocument } from './documents.js';
import { Subscription, type Events } from './events.js';
import { greet, type Hello } from './hello.js';
import type { Notification } from './messages.js';
import { stampBlob, type Progress, type Stamped, type StampWish } from './stamping.js';
import { check, type Status } from './status.js';
import type { Key, KeySummary, News, Report, Revocations, TestStamp, Unblocked, Verdict, Watched, Write, Written } from './types.js';
import { bareCertificate } from './pem.js';

/** The security control, as a page sees it. Every promise rejects with SealFerryError and nothing else. */
export class SealFerry {
  private readonly subscription: Subscription;

  /** Pages call {@link connect} instead. */
  constructor(private readonly channel: Channel) {
    this.subscription = new Subscription(channel);
  }

  /** Versions and abilities. */
  hello(): Promise<Hello> {
    return greet(this.channel);
  }

  /** The self-check, layer by layer. Never rejects. */
  status(): Promise<Status> {
    return check(this.channel);
  }

  /**
   * Asks the user, in a native window, to trust this site. Call it from a click; the question comes once in a document's life.
   * With `stamp` it is another question: may this site, which is trusted already, have documents stamped?
   */
  async trustSite({ stamp, ...watched }: { stamp?: boolean } & Watched = {}): Promise<'granted' | 'denied' | 'policy'> {
    const params = stamp ? { rights: ['stamp'] } : {};
    const { outcome } = await this.call<{ outcome: 'granted' | 'denied' | 'policy' }>('trustSite', params, watched);
    return outcome;
  }

  /** The keys present; none is an empty list, no error. */
  async listKeys(): Promise<KeySummary[]> {
    return (await this.channel.request<{ keys: KeySummary[] }>('listKeys')).keys;
  }

  /** What the key holds. With several keys and no serial: `several_keys`. */
  readKey({ serial, pictures, ...watched }: { serial?: string; pictures?: boolean } & Watched = {}): Promise<Key> {
    return this.call('readKey', defined({ serial, pictures }), watched);
  }

  /** Proof that the user holds the key: a CMS SignedData (base64) over origin, nonce and time. The nonce is the server's, ≥ 32 bytes, base64. */
  async login({ nonce, serial, ...watched }: { nonce: string; serial?: string } & Watched): Promise<string> {
    return (await this.call<{ message: string }>('login', defined({ nonce, serial }), watched)).message;
  }

  /** A PKCS#10 request (PEM) for the existing or a new signing key pair. */
  async createRequest(
    o: { order: string; serial?: string; newKeyPair?: { algorithm: string; bits: number } } & Watched,
  ): Promise<string> {
    const { order, serial, newKeyPair, ...watched } = o;
    return (await this.call<{ request: string }>('createRequest', defined({ order, serial, newKeyPair }), watched)).request;
  }

  /** 写入签章: certificates and seals of an order for issuing or reissuing. */
  writeSeal(write: Write): Promise<Written> {
    return this.write('writeSeal', write);
  }

  /** 变更 */
  changeSeal(write: Write): Promise<Written> {
    return this.write('changeSeal', write);
  }

  /** 年检 */
  annualInspection(write: Write): Promise<Written> {
    return this.write('annualInspection', write);
  }

  /** How much of an order the key holds already. */
  async orderState(order: string): Promise<'none' | 'partial' | 'done'> {
    return (await this.channel.request<{ state: 'none' | 'partial' | 'done' }>('orderState', { order })).state;
  }

  /** Stamps the built-in test page with each seal named (all, if none is) and checks the result. */
  async testStamp(
    o: { serial?: string; seals?: string[]; format?: 'pdf' | 'ofd' } & Watched = {},
  ): Promise<TestStamp> {
    const { serial, seals, format, ...watched } = o;
    const made = await this.call<MadeDocuments>('testStamp', defined({ serial, seals, format }), watched);
    const type = format === 'ofd' ? 'application/ofd' : 'application/pdf';
    const documents = made.documents.map(({ document, size }) => fetchDocument(this.channel, document, size, type));
    return { documents: await Promise.all(documents), seals: made.documents.map(({ seal }) => seal), report: made.report };
  }

  /**
   * 文件盖章: stamps a document where `wish` says and signs it. The user sees size, pages and digest of the document in a native
   * window and types the PIN there. Needs the right to stamp: {@link trustSite} with `stamp`, or machine policy. What comes back
   * begins with the original's very bytes. `document_unreadable`, `document_protected`, `document_forbids_changes`,
   * `keyword_not_found` and the like come before any window.
   */
  stampDocument(document: Blob, wish: StampWish): Promise<Stamped> {
    return stampBlob(this.channel, document, wish);
  }

  /** What the signatures of a document are worth. */
  verifyDocument(document: Blob, revocations: Revocations & Pick<StampWish, 'signal' | 'onProgress'> = {}): Promise<Report> {
    const { signal, onProgress, ...params } = revocations;
    const onBytes = onProgress && ((step: Progress['step'], done: number, total: number) => onProgress({ step, done, total }));
    const verify = (handle: string) => this.channel.request<Report>('verifyDocument', { document: handle, ...params }, { signal });
    return withDocument(this.channel, document, verify, { signal, onBytes });
  }

  /** What a seal (base64) is worth. */
  verifySeal(seal: string, revocations: Revocations = {}): Promise<Verdict> {
    return this.channel.request('verifySeal', { seal, ...revocations });
  }

  /** Changes the PIN, in native windows. */
  async changePin({ serial, ...watched }: { serial?: string } & Watched = {}): Promise<void> {
    await this.call('changePin', defined({ serial }), watched);
  }

  /**
   * 解锁: sets a new PIN on a locked key, with the CA's order (operation `unblock`). The PUK or administrator's PIN and the new PIN
   * are typed in native windows and never pass through the page. `unblock_unavailable` where key or driver cannot do it,
   * `puk_incorrect` (with `triesLeft` where the key tells), `puk_locked` for good. Calling again with the same order after the
   * page was lost answers `alreadyUnblocked` and a new receipt.
   */
  unblockPin({ order, ...watched }: { order: string } & Watched): Promise<Unblocked> {
    return this.call('unblockPin', { order }, watched);
  }

  /** Listens to keys that come and go. Rejects where this site may not read. */
  on<E extends keyof Events>(event: E, listener: (event: Events[E]) => void): Promise<void> {
    return this.subscription.add(event, listener);
  }

  /** Stops listening. */
  off<E extends keyof Events>(event: E, listener: (event: Events[E]) => void): Promise<void> {
    return this.subscription.remove(event, listener);
  }

  private write(method: string, { signal, onStep, ...payload }: Write): Promise<Written> {
    for (const name of ['signCertificate', 'encryptionCertificate'] as const) {
      const certificate = payload[name];
      if (certificate !== undefined) payload[name] = bareCertificate(certificate);
    }
    return this.call(method, defined(payload), { ...(signal && { signal }), ...(onStep && { onStep }) });
  }

  private call<T>(method: string, params: object, { signal, onStep }: Watched): Promise<T> {
    const options: CallOptions = { signal, onNews: onStep && ((news) => onStep(toNews(news))) };
    return this.channel.request<T>(method, params, options);
  }
}

interface MadeDocuments {
  documents: { document: string; size: number; sha256: string; seal: string }[];
  report: Report;
}

const toNews = ({ method, params: { id: _, ...params } }: Notification): News =>
  ({ kind: method, ...params }) as unknown as News;

/** Without the members that were not given: the host refuses what it does not know, also `undefined`. */
const defined = <T extends object>(params: T): Partial<T> =>
  Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined)) as Partial<T>;
