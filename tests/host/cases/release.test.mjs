// SPDX-License-Identifier: Apache-2.0
// What is shipped knows none of the development switches.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Host, folder, frame, root } from '../support/host.mjs';

const bin = join(root, 'build/release/bin');
const skip = process.env.SEALFERRY_QUICK || !existsSync(join(bin, 'sealferry-host')) ? 'no release build in --quick' : false;
const run = (name, args, options = {}) => spawnSync(join(bin, name), args, { timeout: 20_000, ...options });

test('the host takes no --config', { skip }, (t) => {
  const policy = join(folder(t), 'policy.json');
  writeFileSync(policy, '{}');
  const { status, stdout } = run('sealferry-host', ['--config', policy], { input: frame('{"jsonrpc":"2.0","id":1,"method":"hello"}') });
  assert.equal(status, 2);
  assert.equal(stdout.length, 0);
});

test('the command line takes no --config', { skip }, (t) => {
  const policy = join(folder(t), 'policy.json');
  writeFileSync(policy, '{}');
  assert.equal(run('sealferry', ['--config', policy, 'doctor']).status, 2);
});

test('the worker takes no kill points', { skip }, () => {
  for (const args of [['--kill-at', '1'], ['--call-log', '/tmp/x'], ['--pause-at', '1', '/tmp/x']])
    assert.notEqual(run('sealferry-token', ['pkcs11', '/usr/lib/softhsm/libsofthsm2.so', ...args], { input: '' }).status, 0, args[0]);
});

test('a release says that it is one, and cannot be told to answer its own windows', { skip }, async (t) => {
  const host = new Host(t, [], {}, bin); // asked while its input is open: what comes with the end of input is not answered
  assert.equal((await host.ask('hello')).result.build, 'release');
  await host.close();
  for (const name of ['sealferry-host', 'sealferry']) assert.ok(!readFileSync(join(bin, name)).includes('script is used up'), name);
});

test('hardening: position independent, relocations read-only, no executable stack', { skip }, () => {
  for (const name of ['sealferry-host', 'sealferry', 'sealferry-token', 'sealferry-document']) {
    const headers = spawnSync('readelf', ['-hldW', join(bin, name)]).stdout.toString();
    assert.match(headers, /Type:\s+DYN/, name);
    assert.match(headers, /GNU_RELRO/, name);
    assert.match(headers, /BIND_NOW|FLAGS_1.*NOW/, name);
    assert.match(headers, /GNU_STACK.*RW /, name);
  }
});

test('the host links no driver, no PDF library and no reader service', { skip }, () => {
  const needed = spawnSync('readelf', ['-dW', join(bin, 'sealferry-host')]).stdout.toString();
  for (const library of ['p11', 'qpdf', 'pcsclite', 'zip', 'png']) assert.ok(!needed.includes(`lib${library}`), library);
});
