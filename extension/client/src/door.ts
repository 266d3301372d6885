// SPDX-License-Identifier: Apache-2.0
import { SealFerryError } from './error.js';
import { isReady } from './messages.js';

/** A way to reach the extension: a port whose far end has answered, or `extension_missing`. */
export type Door = () => Promise<MessagePort>;

const patience = 1000;

/**
 * Knocks at the bridge: a fresh channel, one end of it posted to this very window. Whoever else listens in this page could
 * take it; the bridge, which was there before every script of the page, does so first.
 */
export const knock: Door = () =>
  new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(() => {
      port1.close();
      reject(new SealFerryError('extension_missing'));
    }, patience);
    port1.onmessage = ({ data }) => {
      if (!isReady(data)) return;
      clearTimeout(timer);
      port1.onmessage = null;
      resolve(port1);
    };
    // A sandboxed frame's origin has no name that could be addressed.
    window.postMessage('sealferry:hello', self.origin === 'null' ? '*' : self.origin, [port2]);
  });
