// SPDX-License-Identifier: Apache-2.0
import type { Channel } from './channel.js';
import type { Notification } from './messages.js';

/** What a page can listen to: keys that come and go. Needs the right to read. */
export interface Events {
  keyInserted: { serial: string; label: string };
  keyRemoved: { serial: string };
}

type Listener<E extends keyof Events> = (event: Events[E]) => void;

/** Listeners, and the one subscription they share. */
export class Subscription {
  private readonly listeners: { [E in keyof Events]: Set<Listener<E>> } = { keyInserted: new Set(), keyRemoved: new Set() };
  private subscribed = false;

  constructor(private readonly channel: Channel) {
    channel.onEvent = (news) => this.tell(news);
    channel.onClosed = () => this.resume();
  }

  async add<E extends keyof Events>(event: E, listener: Listener<E>): Promise<void> {
    this.listeners[event].add(listener);
    if (!this.subscribed) await this.subscribe(true);
  }

  async remove<E extends keyof Events>(event: E, listener: Listener<E>): Promise<void> {
    this.listeners[event].delete(listener);
    if (this.subscribed && this.idle) await this.subscribe(false);
  }

  private get idle(): boolean {
    return Object.values(this.listeners).every((set) => set.size === 0);
  }

  private async subscribe(events: boolean): Promise<void> {
    await this.channel.request('subscribe', { events });
    this.subscribed = events;
  }

  /** The extension was restarted: it no longer knows that we listen. */
  private resume(): void {
    this.subscribed = false;
    if (!this.idle) this.subscribe(true).catch(() => {});
  }

  private tell({ method, params }: Notification): void {
    if (method === 'keyInserted') this.listeners.keyInserted.forEach((listener) => listener(params as unknown as Events['keyInserted']));
    if (method === 'keyRemoved') this.listeners.keyRemoved.forEach((listener) => listener(params as unknown as Events['keyRemoved']));
  }
}
