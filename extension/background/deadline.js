// SPDX-License-Identifier: Apache-2.0
// How long a call may stay silent. A native window waits for a person; progress shows that work goes on.

// A Map, because pages choose the name: an object would answer for "constructor" too.
const seconds = new Map(
  Object.entries({ hello: 10, cancel: 10, openDocument: 30, appendDocument: 60, readDocument: 60, closeDocument: 30 }),
);
const long = 120;
const withWindow = 10 * 60;

export class Deadline {
  #timer;
  #seconds;
  #expire;

  /**
   * @param {string} method
   * @param {() => void} expire
   */
  constructor(method, expire) {
    this.#seconds = seconds.get(method) ?? long;
    this.#expire = expire;
    this.#start(this.#seconds);
  }

  /** @param {boolean} windowIsOpen */
  extend(windowIsOpen) {
    this.stop();
    this.#start(windowIsOpen ? withWindow : this.#seconds);
  }

  stop() {
    clearTimeout(this.#timer);
  }

  #start(length) {
    this.#timer = setTimeout(this.#expire, length * 1000);
  }
}
