// SPDX-License-Identifier: Apache-2.0
// A key of the fake PKCS#11 module (tests/fakes/module): a folder, looked at by the module at every call.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './host.mjs';

const build = join(root, process.env.SEALFERRY_BUILD ?? 'build/dev');
export const fakeModule = join(build, 'lib', 'libsealferry-fakemodule.so');

export class FakeKey {
  constructor(at, { name = 'key', serial = 'FAKE000000004711', pin = '475869', unit = '某某建设有限公司', certificate } = {}) {
    this.folder = join(at, name);
    this.serial = serial;
    this.module = { kind: 'pkcs11', path: fakeModule };
    this.environment = { SEALFERRY_FAKE_KEY: this.folder };
    execFileSync(join(build, 'fakes', 'sealferry-fake-key'), [this.folder, serial, pin, unit, ...(certificate ? [certificate] : [])]);
  }

  /** Whole or not at all. */
  put(name, text = '') {
    writeFileSync(join(this.folder, `${name}.beside`), text);
    renameSync(join(this.folder, `${name}.beside`), join(this.folder, name));
  }

  get(name) {
    return existsSync(join(this.folder, name)) ? readFileSync(join(this.folder, name), 'utf8') : undefined;
  }

  remove(name) {
    rmSync(join(this.folder, name), { force: true });
  }

  /** What is to happen at which call; see tests/fakes/module/src/faults.h. */
  script(...lines) {
    this.put('script', lines.map((line) => `${line}\n`).join(''));
  }

  pull() {
    this.put('pulled');
  }

  plug() {
    this.put('insertion', String(Number(this.get('insertion') ?? 0) + 1));
    this.remove('pulled');
  }

  triesLeft() {
    return Number(this.get('tries') ?? 3);
  }
}
