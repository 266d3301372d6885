// SPDX-License-Identifier: Apache-2.0
// The one native port. It is opened by the first request, shared by all pages, opened again after the host went away, and
// closed when no page is left, so that nothing of ours stays running.
import { Deadline } from './deadline.js';
import { failure, hostFailure } from './failure.js';

const name = 'org.sealferry.host';

/** Calls that change nothing and open no window: when a host that worked goes away, they are put once more to the next. */
const repeatable = new Set(['hello', 'status', 'listKeys', 'subscribe']);

/** Calls that ask the user something in a native window: while another page's window is open they do not queue up behind it. */
const asksUser = new Set(['login', 'createRequest', 'writeSeal', 'changeSeal', 'annualInspection', 'testStamp', 'stampDocument', 'changePin', 'unblockPin', 'trustSite']);

/**
 * @typedef {object} Asker
 * @property {object} [page]  whose call it is
 * @property {(reply: {result: any} | {error: any}) => void} answer  called exactly once
 * @property {(method: string, params: object) => void} notify       progress and prompt of this call
 *
 * @typedef {object} Call
 * @property {object} request
 * @property {Asker} asker
 * @property {Deadline} deadline
 * @property {boolean} window    is a native window open for it?
 * @property {boolean} repeated
 */

export class Host {
  #port = null;
  #answered = false;
  #lastId = 0;
  /** @type {Map<number, Call>} */
  #calls = new Map();

  /** Set by the owner: news for more than one call, and the loss of the port. */
  onEvent = (_method, _params) => {};
  onLost = () => {};

  /**
   * @param {object} request  method, params and what the browser states about the caller
   * @param {Asker} asker
   * @returns {number} the call's id on the native port
   */
  ask(request, asker) {
    const id = ++this.#lastId;
    const busy = asksUser.has(request.method) && this.#hasWindowOfAnother(asker.page);
    const deadline = new Deadline(request.method, () => this.#expire(id));
    this.#calls.set(id, { request, asker, deadline, window: false, repeated: false });
    if (busy) queueMicrotask(() => this.#settle(id, { error: failure('key_busy', { holder: 'browser' }) }));
    else this.#post(id, request);
    return id;
  }

  /** Closes the port; the host ends by itself. */
  close() {
    this.#port?.disconnect();
    this.#answered = false; // nothing is left that would have to be put again
    this.#lose(this.#port, failure('host_stopped', { reason: 'exited' }));
  }

  #post(id, request) {
    try {
      this.#open().postMessage({ jsonrpc: '2.0', id, ...request });
    } catch {
      this.#settle(id, { error: failure('too_large') });
    }
  }

  #open() {
    if (this.#port) return this.#port;
    const port = chrome.runtime.connectNative(name);
    port.onMessage.addListener((message) => this.#receive(message));
    // Chromium tells the cause in lastError, Firefox in port.error.
    port.onDisconnect.addListener(() => {
      const text = chrome.runtime.lastError?.message ?? port.error?.message;
      this.#lose(port, hostFailure(text, this.#answered));
    });
    this.#answered = false;
    this.#port = port;
    return port;
  }

  #receive(message) {
    this.#answered = true;
    if (message?.id !== undefined) return this.#settle(message.id, message);
    const { method, params } = message ?? {};
    if (method === 'progress' || method === 'prompt') return this.#tell(method, params);
    if (method === 'keyInserted' || method === 'keyRemoved') this.onEvent(method, params);
  }

  #tell(method, params) {
    const call = this.#calls.get(params?.id);
    if (!call) return;
    if (method === 'prompt') call.window = params.what !== 'closed';
    call.deadline.extend(call.window);
    call.asker.notify(method, params);
  }

  #settle(id, { result, error }) {
    const call = this.#calls.get(id);
    if (!call) return;
    this.#calls.delete(id);
    call.deadline.stop();
    call.asker.answer(error ? { error } : { result });
  }

  #expire(id) {
    this.#port?.postMessage({ jsonrpc: '2.0', id: ++this.#lastId, method: 'cancel', params: { id } });
    this.#settle(id, { error: failure(this.#isBusyWithout(id) ? 'key_busy' : 'timed_out') });
  }

  /** The host serves one call after the other: it may only be waiting for a person at another page's window. */
  #isBusyWithout(id) {
    return [...this.#calls].some(([other, { window }]) => other !== id && window);
  }

  #hasWindowOfAnother(page) {
    return [...this.#calls.values()].some(({ asker, window }) => window && asker.page !== page);
  }

  #lose(port, error) {
    if (!port || this.#port !== port) return;
    const worked = this.#answered;
    this.#port = null;
    for (const [id, call] of [...this.#calls]) {
      if (!worked || call.repeated || !repeatable.has(call.request.method)) this.#settle(id, { error });
      else this.#repeat(id, call);
    }
    this.onLost();
  }

  #repeat(id, call) {
    call.repeated = true;
    this.#post(id, call.request);
  }
}
