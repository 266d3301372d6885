// SPDX-License-Identifier: Apache-2.0
// A screen of its own (Xvfb) on which the control's real windows open, a keyboard and a mouse (xdotool), and pictures of it.
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { deflateSync } from 'node:zlib';
import { end } from '../../browser/support/demonstration.mjs';
import { until } from './portal.mjs';

const [width, height] = [1000, 700];

export class Screen {
  #pictures = 0;

  /** @param {{after(f: () => unknown): void}} t @param {string} folder for the frame buffer @param {string} report for the pictures */
  static async start(t, folder, report) {
    const screen = new Screen();
    const options = ['-displayfd', '1', '-screen', '0', `${width}x${height}x24`, '-fbdir', folder, '-nolisten', 'tcp', '-noreset'];
    const server = spawn('Xvfb', options, { stdio: ['ignore', 'pipe', 'ignore'] });
    t.after(() => end(server));
    const number = await new Promise((resolve, reject) => {
      createInterface({ input: server.stdout }).once('line', resolve);
      server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    });
    return Object.assign(screen, { display: `:${number}`, buffer: join(folder, 'Xvfb_screen0'), report });
  }

  #xdotool(...args) {
    return execFileSync('xdotool', args, { env: { ...process.env, DISPLAY: this.display }, stdio: ['ignore', 'pipe', 'ignore'] }).toString().trim();
  }

  /** Waits for a pinentry window, of another process than the last: X gives the numbers of windows again. */
  async window() {
    const found = () => {
      try {
        const window = this.#xdotool('search', '--onlyvisible', '--class', 'pinentry').split('\n').filter(Boolean).at(-1);
        return window && { window, owner: this.#xdotool('getwindowpid', window) };
      } catch {
        return undefined; // xdotool fails where nothing is found
      }
    };
    const { window, owner } = await until('a window', () => {
      const seen = found();
      return seen && seen.owner !== this.owner && seen;
    });
    this.owner = owner;
    this.#xdotool('mousemove', '--window', window, '5', '5'); // no window manager here: the keyboard is where the mouse is
  }

  /** Until what is on the screen stays as it is: a window draws itself bit by bit. */
  async settled() {
    let before;
    await until('a screen that stands still', async () => {
      const now = readFileSync(this.buffer);
      const same = before?.equals(now);
      before = now;
      return same;
    }, 5000).catch(() => {}); // a cursor may blink
  }

  type(text) {
    this.#xdotool('type', text);
  }

  press(key) {
    this.#xdotool('key', key);
  }

  picture(name) {
    const path = join(this.report, `${String(++this.#pictures).padStart(2, '0')}-${name}.png`);
    writeFileSync(path, png(readFileSync(this.buffer)));
    return path;
  }
}

/** XWD (X window dump, version 7), 32 bits a point, blue first, as Xvfb keeps its screen. */
function png(xwd) {
  const headerSize = xwd.readUInt32BE(0);
  const [columns, rows] = [xwd.readUInt32BE(16), xwd.readUInt32BE(20)];
  const stride = xwd.readUInt32BE(48);
  const start = headerSize + 12 * xwd.readUInt32BE(76);
  const lines = Buffer.alloc(rows * (1 + 3 * columns));
  for (let y = 0; y < rows; y += 1)
    for (let x = 0; x < columns; x += 1) {
      const from = start + y * stride + 4 * x;
      lines.set([xwd[from + 2], xwd[from + 1], xwd[from]], y * (1 + 3 * columns) + 1 + 3 * x);
    }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(columns, 0);
  head.writeUInt32BE(rows, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', deflateSync(lines)), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(checksum(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

// node 18 has no crc32.
function checksum(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
