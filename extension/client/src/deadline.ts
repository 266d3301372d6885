// SPDX-License-Identifier: Apache-2.0
// How long a call may stay silent. A little longer than the extension's own limits, which know more and answer first.

const seconds: Readonly<Record<string, number>> = {
  hello: 15,
  cancel: 15,
  openDocument: 35,
  appendDocument: 65,
  readDocument: 65,
  closeDocument: 35,
};
const long = 130;
const withWindow = 11 * 60;

/** A timer that news of progress, or of an open native window, starts again. */
export class Deadline {
  private timer: ReturnType<typeof setTimeout>;
  private readonly milliseconds: number;

  constructor(
    method: string,
    private readonly expire: () => void,
  ) {
    this.milliseconds = (seconds[method] ?? long) * 1000;
    this.timer = setTimeout(expire, this.milliseconds);
  }

  extend(windowIsOpen: boolean): void {
    this.stop();
    this.timer = setTimeout(this.expire, windowIsOpen ? withWindow * 1000 : this.milliseconds);
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}
