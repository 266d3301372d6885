// SPDX-License-Identifier: Apache-2.0
import { Deadline } from './deadline.js';
import { knock, type Door } from './door.js';
import { SealFerryError } from './error.js';
import { isClosed, isNotification, isReply, type Notification, type Reply } from './messages.js';

/** What a call may bring beside its parameters. */
export interface CallOptions {
  /** Ends the call: windows close, nothing is half-written, the promise rejects with `cancelled`. */
  signal?: AbortSignal | undefined;
  /** News of this call: `progress` and `prompt`. */
  onNews?: ((news: Notification) => void) | undefined;
}

interface Call {
  method: string;
  resolve(result: unknown): void;
  reject(error: Error): void;
  deadline: Deadline;
  onNews: CallOptions['onNews'];
  /** Undoes what the call attached to others. */
  release(): void;
}

/** Requests and answers over the bridge. Opens by itself, and again after the extension was restarted or updated. */
export class Channel {
  private opening: Promise<MessagePort> | undefined;
  private readonly calls = new Map<number, Call>();
  private lastId = 0;

  /** News that belong to no call: keys come and go. */
  onEvent: (news: Notification) => void = () => {};
  /** The channel closed; it opens again with the next call. */
  onClosed: () => void = () => {};

  constructor(private readonly door: Door = knock) {}

  /** One request. Rejects with SealFerryError and nothing else. */
  async request<T>(method: string, params: object = {}, options: CallOptions = {}): Promise<T> {
    if (options.signal?.aborted) throw new SealFerryError('cancelled');
    const port = await this.open();
    return new Promise<T>((resolve, reject) => {
      const id = this.register(port, method, { resolve: resolve as Call['resolve'], reject }, options);
      this.post(port, id, method, params);
    });
  }

  private open(): Promise<MessagePort> {
    this.opening ??= this.door().then(
      (port) => this.attach(port),
      (error: unknown) => {
        this.opening = undefined;
        throw error;
      },
    );
    return this.opening;
  }

  private attach(port: MessagePort): MessagePort {
    port.onmessage = ({ data }) => this.receive(data);
    return port;
  }

  private register(port: MessagePort, method: string, ends: Pick<Call, 'resolve' | 'reject'>, options: CallOptions): number {
    const id = ++this.lastId;
    const abort = () => this.post(port, ++this.lastId, 'cancel', { id });
    options.signal?.addEventListener('abort', abort);
    const release = () => options.signal?.removeEventListener('abort', abort);
    const deadline = new Deadline(method, () => this.settle({ id, error: { code: 110, message: '', data: { name: 'timed_out' } } }));
    this.calls.set(id, { ...ends, method, deadline, onNews: options.onNews, release });
    return id;
  }

  private post(port: MessagePort, id: number, method: string, params: object): void {
    try {
      port.postMessage({ jsonrpc: '2.0', id, method, params });
    } catch {
      this.settle({ id, error: { code: 101, message: '', data: { name: 'bad_request' } } });
    }
  }

  private receive(data: unknown): void {
    if (isReply(data)) return this.settle(data);
    if (isNotification(data)) return this.tell(data);
    if (isClosed(data)) this.close();
  }

  private tell(news: Notification): void {
    const call = news.params.id === undefined ? undefined : this.calls.get(news.params.id);
    if (!call) return this.onEvent(news);
    call.deadline.extend(news.method === 'prompt' && news.params['what'] !== 'closed');
    call.onNews?.(news);
  }

  private settle({ id, result, error }: Reply): void {
    const call = this.calls.get(id);
    if (!call) return;
    this.calls.delete(id);
    call.deadline.stop();
    call.release();
    if (error) call.reject(SealFerryError.from(error));
    else call.resolve(result);
  }

  private close(): void {
    this.opening = undefined;
    const error = { code: 113, message: '', data: { name: 'host_stopped' } };
    for (const id of [...this.calls.keys()]) this.settle({ id, error });
    this.onClosed();
  }
}
