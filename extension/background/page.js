// SPDX-License-Identifier: Apache-2.0
// One page's channel: checks what it sends, puts beside it what the browser states, and remembers which calls are its own.
import { failure } from './failure.js';
import { isPermitted } from './narrowing.js';
import { isSecure } from './origin.js';
import { isId, isRequest, isTooLarge } from './request.js';

const most = 64;
const open = new Set(['hello', 'status']);
const own = { version: chrome.runtime.getManifest().version, protocol: 1 };

/** Documents that were already asked "trust this site?", or "may it stamp?": each question comes once in a document's life. */
const asked = new Set();

export class Page {
  subscribed = false;
  #port;
  #caller;
  #host;
  #allowed;
  /** The page's ids → ids on the native port. @type {Map<string | number, number>} */
  #calls = new Map();

  /**
   * @param {chrome.runtime.Port} port
   * @param {import('./origin.js').Caller | null} caller
   * @param {import('./host.js').Host} host
   */
  constructor(port, caller, host) {
    this.#port = port;
    this.#caller = caller;
    this.#host = host;
    this.#allowed = caller !== null && isSecure(caller.origin);
  }

  get origin() {
    return this.#caller?.origin;
  }

  /** @param {{message: unknown, gesture: boolean}} envelope */
  async receive({ message, gesture }) {
    const refused = await this.#refuse(message);
    if (!this.#port) return; // it left while we looked
    if (!refused) return this.#forward(message, gesture === true);
    if (isId(message?.id)) this.#send(message.id, { error: refused });
  }

  /** @param {string} method @param {object} params */
  notify(method, params) {
    this.#port?.postMessage({ jsonrpc: '2.0', method, params });
  }

  /** The page is gone, or no longer wants an answer: nothing may go on in its name. */
  leave() {
    this.#port = null;
    for (const id of this.#calls.values()) this.#cancel(id);
  }

  /** The host was started anew and knows of no subscription. */
  subscribeAgain() {
    this.#host.ask(this.#signed({ method: 'subscribe', params: { events: true } }), { answer: () => {}, notify: () => {} });
  }

  async #refuse(message) {
    if (!isRequest(message) || this.#calls.has(message.id) || this.#calls.size >= most) return failure('bad_request');
    if (isTooLarge(message)) return failure('too_large');
    if (!this.#caller || !(await isPermitted(this.#caller.origin))) return failure('origin_not_trusted');
    if (!open.has(message.method) && !(await this.#isAllowed())) return failure('insecure_context');
    return null;
  }

  /** On plain http nothing goes further unless the host says that its policy names this origin. */
  async #isAllowed() {
    this.#allowed ||= await new Promise((resolve) => {
      const answer = ({ result }) => resolve(result?.site?.rights.length > 0 || result?.site?.mayAsk === true);
      this.#host.ask(this.#signed({ method: 'status', params: {} }), { answer, notify: () => {} });
    });
    return this.#allowed;
  }

  #forward({ id, method, params = {} }, gesture) {
    if (method === 'cancel') return this.#cancelOwn(id, params);
    if (method === 'subscribe' && params.events === false) return this.#unsubscribe(id);
    if (method === 'trustSite') gesture &&= !asked.has(this.#question(params));
    const asker = {
      page: this,
      answer: (reply) => this.#answer(id, method, params, reply),
      notify: (what, news) => this.notify(what, { ...news, id }),
    };
    this.#calls.set(id, -1);
    const call = this.#host.ask(this.#signed({ method, params: this.#complete(method, params) }, gesture), asker);
    if (this.#calls.has(id)) this.#calls.set(id, call);
  }

  #answer(id, method, params, reply) {
    this.#calls.delete(id);
    if (reply.result) this.#learn(method, params);
    this.#send(id, reply);
  }

  #learn(method, params) {
    if (method === 'subscribe') this.subscribed = true;
    if (method === 'trustSite') asked.add(this.#question(params));
  }

  /** There are two questions, that for trust and that for the right to stamp, whatever else a page puts into the list. */
  #question({ rights }) {
    return `${this.#caller.document} ${rights === undefined ? 'trust' : 'stamp'}`;
  }

  // Other pages may still listen: the host goes on, this page just hears nothing.
  #unsubscribe(id) {
    this.subscribed = false;
    this.#send(id, { result: {} });
  }

  #cancelOwn(id, params) {
    const call = this.#calls.get(params.id);
    if (call !== undefined) this.#cancel(call);
    this.#send(id, { result: {} });
  }

  #cancel(call) {
    this.#host.ask(this.#signed({ method: 'cancel', params: { id: call } }), { answer: () => {}, notify: () => {} });
  }

  #complete(method, params) {
    return method === 'hello' ? { ...params, extension: own } : params;
  }

  #signed(request, gesture = false) {
    const { origin, topOrigin } = this.#caller;
    return { ...request, origin, topOrigin, gesture };
  }

  #send(id, reply) {
    this.#port?.postMessage({ jsonrpc: '2.0', id, ...reply });
  }
}
