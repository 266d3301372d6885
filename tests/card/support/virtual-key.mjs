// SPDX-License-Identifier: Apache-2.0
// A private pcscd and USB-KEYs made of software in its readers, behind OpenSC's module (tests/fakes/card).
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from '../../browser/support/folders.mjs';

const program = (name) => join(build, 'bin', name);
const openSc = '/usr/lib/x86_64-linux-gnu/pkcs11/opensc-pkcs11.so';

/** pcscd with two readers; its end is the end of its input. */
class Desk {
  static async start(t, folder) {
    const desk = new Desk();
    mkdirSync(folder, { recursive: true });
    desk.child = spawn(program('sealferry-desk'), [folder], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => desk.child.once('exit', resolve));
    t.after(async () => {
      desk.child.stdin.end();
      const patience = setTimeout(() => desk.child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(patience);
      desk.child.stdout.destroy();
    });
    desk.lines = createInterface({ input: desk.child.stdout })[Symbol.asyncIterator]();
    for (let line = await desk.#line(); line !== 'ready'; line = await desk.#line()) {
      const [name, value] = line.split(/=(.*)/s);
      desk.environment[name] = value;
    }
    return desk;
  }

  environment = {};

  async #line() {
    const { value, done } = await this.lines.next();
    if (done) throw new Error('the desk with the virtual USB-KEY ended');
    return value;
  }

  async order(...words) {
    this.child.stdin.write(`${words.join(' ')}\n`);
    const answer = await this.#line();
    if (answer === 'failed') throw new Error(`the desk could not ${words.join(' ')}`);
    return answer;
  }
}

export class VirtualKey {
  module = { kind: 'pkcs11', path: openSc };

  /** A key without key pairs, PIN 123456, PUK 1234567890123456, plugged into the first reader. */
  static async plugged(t, folder, label = 'SEALKEY') {
    const key = new VirtualKey();
    key.desk = await Desk.start(t, join(folder, 'desk'));
    key.environment = key.desk.environment;
    key.state = join(folder, 'key.state');
    await key.plug();
    await key.desk.order('initialise', 0, label);
    return key;
  }

  plug() {
    return this.desk.order('plug', 0, this.state);
  }

  pull() {
    return this.desk.order('pull', 0);
  }

  /** What it is to do, e.g. "unplug after 100": see tests/fakes/card/include/card/control.h. */
  control(...wishes) {
    return this.desk.order('control', 0, wishes.join('; '));
  }

  /** After it was made to pull itself. */
  pulled() {
    return this.desk.order('pulled', 0);
  }

  /** Its own counters of the PIN: `{ tries, presented, wrong }`. */
  pin() {
    const [line] = execFileSync(program('sealferry-card'), ['--show', this.state]).toString().split('\n');
    const [, tries, presented, wrong] = /^pin tries (\d+) presented (\d+) wrong (\d+)$/.exec(line).map(Number);
    return { tries, presented, wrong };
  }
}
