// SPDX-License-Identifier: Apache-2.0
// Drives a real sealferry-host over its pipe, as a browser does.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const root = new URL('../../..', import.meta.url).pathname;
export const bin = join(root, process.env.SEALFERRY_BUILD ?? 'build/dev', 'bin');

// Keys are locked for all of a user's programs: other runs of the tests on this machine have keys of the same serial.
const runtime = mkdtempSync(join(tmpdir(), 'sealferry-runtime-'));
process.on('exit', () => rmSync(runtime, { recursive: true, force: true }));
process.env.XDG_RUNTIME_DIR = process.env.SEALFERRY_LOCK_FOLDER = runtime;

const left = new Set();
process.on('exit', () => left.forEach((path) => rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })));

/** A folder for one test; gone with it, or with the last of them: a worker that is just ending may still put something in. */
export function folder(t) {
  const path = mkdtempSync(join(tmpdir(), 'sealferry-host-'));
  t.after(() => {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      left.add(path);
    }
  });
  return path;
}

/** A policy file for a development build; `members` are added to harmless ones. */
export function policy(at, members = {}) {
  const path = join(at, 'policy.json');
  const base = { allowLocalhost: true, development: { prompt: join(at, 'prompt'), userFolder: join(at, 'user') } };
  writeFileSync(path, JSON.stringify({ ...base, ...members, development: { ...base.development, ...members.development } }));
  return path;
}

export function frame(text) {
  const body = Buffer.from(text, 'utf8');
  return Buffer.concat([length(body.length), body]);
}

export function length(size) {
  const header = Buffer.alloc(4);
  header.writeUInt32LE(size);
  return header;
}

/** One host process. Answers are told apart by id; notifications are kept in `notes`. */
export class Host {
  constructor(t, args, env = {}, programs = bin) {
    this.process = spawn(join(programs, 'sealferry-host'), args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    this.messages = [];
    this.notes = [];
    this.waiting = new Map();
    this.nextId = 1;
    this.log = '';
    this.received = Buffer.alloc(0);
    this.ended = new Promise((resolve) => this.process.on('close', (code, signal) => resolve({ code, signal })));
    this.ended.then(({ code, signal }) => [...this.waiting.values()].forEach(({ reject }) => reject(new Error(`the host ended (${signal ?? code})`))));
    this.process.stdin.on('error', () => {});
    this.process.stderr.on('data', (data) => (this.log += data));
    this.process.stdout.on('data', (data) => this.#take(data));
    t.after(() => this.process.kill('SIGKILL'));
  }

  #take(data) {
    this.received = Buffer.concat([this.received, data]);
    while (this.received.length >= 4) {
      const size = this.received.readUInt32LE(0);
      if (this.received.length < 4 + size) return;
      const message = JSON.parse(this.received.subarray(4, 4 + size).toString('utf8'));
      this.received = this.received.subarray(4 + size);
      if (message.id === undefined) this.notes.push(message);
      else if (this.waiting.has(message.id)) this.waiting.get(message.id).resolve(message);
      else this.messages.push(message);
    }
  }

  send(bytes) {
    this.process.stdin.write(bytes);
  }

  /** The whole answer, error or result. */
  ask(method, params = {}, caller = { origin: 'http://localhost:8000', topOrigin: 'http://localhost:8000' }, id = this.nextId++) {
    const answer = this.answerTo(id);
    this.send(frame(JSON.stringify({ jsonrpc: '2.0', id, method, params, ...caller })));
    return answer;
  }

  /** The answer to a message that carries this id, or none: null. */
  answerTo(id) {
    let deadline;
    const answer = new Promise((resolve, reject) => {
      deadline = setTimeout(() => reject(new Error(`no answer to ${id} within 30 s; log: ${this.log}`)), 30_000);
      this.waiting.set(id, { resolve, reject });
    });
    return answer.finally(() => {
      clearTimeout(deadline);
      this.waiting.delete(id);
    });
  }

  close() {
    this.process.stdin.end();
    return this.ended;
  }
}
