// SPDX-License-Identifier: Apache-2.0
// The other end of a channel, played by a test: what the extension and the host would answer. Only for the library's own
// part of the protocol; the real ones are met in tests/browser.
import { Channel } from '../src/channel.js';
import type { Request } from '../src/messages.js';

type Handler = (request: Request, far: FarEnd) => unknown;

export class FarEnd {
  readonly requests: Request[] = [];
  knocks = 0;
  private port!: MessagePort;

  constructor(private readonly handler: Handler = () => undefined) {}

  /** A channel whose door leads here. */
  channel(): Channel {
    return new Channel(async () => {
      this.knocks += 1;
      const { port1, port2 } = new MessageChannel();
      this.port = port2;
      port2.onmessage = ({ data }) => this.receive(data as Request);
      return port1;
    });
  }

  post(message: unknown): void {
    this.port.postMessage(message);
  }

  answer(id: number, result: unknown): void {
    this.post({ jsonrpc: '2.0', id, result });
  }

  fail(id: number, code: number, name: string, data: object = {}): void {
    this.post({ jsonrpc: '2.0', id, error: { code, message: name, data: { name, retry: false, ...data } } });
  }

  hangUp(): void {
    this.post({ closed: true });
  }

  private receive(request: Request): void {
    this.requests.push(request);
    const result = this.handler(request, this);
    if (result !== undefined) this.answer(request.id, result);
  }
}

/** Until what is on its way between the two ports has arrived. */
export const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
