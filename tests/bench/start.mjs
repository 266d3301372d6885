// SPDX-License-Identifier: Apache-2.0
// How long until a host that was just started has answered `hello`, against a C program that only echoes; and what it holds in memory.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { median, root, tell } from './figures.mjs';

const host = join(root, 'build/release/bin/sealferry-host');
const echo = join(root, 'build/dev/bench/frame_echo');
const request = Buffer.from('{"jsonrpc":"2.0","id":1,"method":"hello","params":{}}');
const frame = Buffer.concat([Buffer.alloc(4), request]);
frame.writeUInt32LE(request.length);

/** Milliseconds from before the start until the answer is there; memory at its highest, in KiB. */
function once(program) {
  return new Promise((resolve, reject) => {
    const began = process.hrtime.bigint();
    const child = spawn(program, [], { stdio: ['pipe', 'pipe', 'ignore'] });
    let answer = Buffer.alloc(0);
    child.on('error', reject);
    child.stdout.on('data', (data) => {
      answer = Buffer.concat([answer, data]);
      if (answer.length < 4 || answer.length < 4 + answer.readUInt32LE(0)) return;
      const took = Number(process.hrtime.bigint() - began) / 1e6;
      const memory = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]);
      child.once('exit', () => resolve({ took, memory }));
      child.stdin.end();
    });
    child.stdin.write(frame);
  });
}

test('hello within three times the echo program, with at most 10 MiB', async () => {
  const took = { host: [], echo: [] };
  let memory = 0;
  for (let round = 0; round < 60; ++round) {
    // In turn, so that both meet the same machine; which one goes first changes.
    for (const name of round % 2 ? ['host', 'echo'] : ['echo', 'host']) {
      const figure = await once(name === 'host' ? host : echo);
      if (round >= 5) took[name].push(figure.took);
      if (name === 'host') memory = Math.max(memory, figure.memory);
    }
  }
  const ratio = median(took.host) / median(took.echo);
  tell('start', { 'host, ms': median(took.host), 'echo, ms': median(took.echo), ratio, limit: 3, 'memory, KiB': memory, 'memory limit, KiB': 10240 });
  assert.ok(ratio <= 3, `ratio ${ratio.toFixed(2)}`);
  assert.ok(memory <= 10240, `${memory} KiB`);
});
