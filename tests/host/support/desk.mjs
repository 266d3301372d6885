// SPDX-License-Identifier: Apache-2.0
// A private pcscd with two readers, and keys made of software (tests/fakes/card/desk).
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bin } from './host.mjs';

export const openSc = ['/usr/lib/x86_64-linux-gnu/pkcs11/opensc-pkcs11.so', '/usr/lib/aarch64-linux-gnu/pkcs11/opensc-pkcs11.so']
  .find((path) => existsSync(path));

export class Desk {
  environment = {};
  #lines = [];
  #waiting = [];

  /** Up once this resolves. @param {import('node:test').TestContext} t @param {string} at a folder of its own */
  static async start(t, at) {
    const desk = new Desk();
    mkdirSync(at, { recursive: true });
    desk.process = spawn(join(bin, 'sealferry-desk'), [at], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => desk.process.on('exit', resolve)); // not 'close': what it started may have its output
    createInterface({ input: desk.process.stdout }).on('line', (line) => desk.#hear(line)).on('close', () => desk.#hear('ended'));
    t.after(async () => {
      desk.process.stdin.end();
      const patience = setTimeout(() => desk.process.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(patience);
      desk.process.stdout.destroy();
    });
    for (let line = await desk.#next(); line !== 'ready'; line = await desk.#next()) {
      if (line === 'ended') throw new Error('the desk did not come up');
      const at = line.indexOf('=');
      desk.environment[line.slice(0, at)] = line.slice(at + 1);
    }
    return desk;
  }

  #hear(line) {
    if (this.#waiting.length > 0) this.#waiting.shift()(line);
    else this.#lines.push(line);
  }

  #next() {
    if (this.#lines.length > 0) return Promise.resolve(this.#lines.shift());
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async #order(text) {
    this.process.stdin.write(`${text}\n`);
    const answer = await this.#next();
    if (answer !== 'ok') throw new Error(`${text}: ${answer}`);
  }

  /** Resolves when pcscd says so. */
  plug(reader, state) {
    return this.#order(`plug ${reader} ${state}`);
  }

  pull(reader) {
    return this.#order(`pull ${reader}`);
  }

  initialise(reader, label) {
    return this.#order(`initialise ${reader} ${label}`);
  }

  /** pcscd goes away, as on an update; keys that were plugged in are gone with it. */
  stop() {
    return this.#order('stop 0');
  }

  /** And comes back. */
  restart() {
    return this.#order('start 0');
  }
}
