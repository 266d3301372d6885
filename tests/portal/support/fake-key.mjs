// SPDX-License-Identifier: Apache-2.0
// The key of the fake PKCS#11 module (tests/fakes/module): a folder. It locks its PIN, can be pulled at any call, and can be full.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pin } from '../../browser/support/demonstration.mjs';
import { build } from '../../browser/support/folders.mjs';

export class FakeKey {
  module = { kind: 'pkcs11', path: join(build, 'lib', 'libsealferry-fakemodule.so') };

  constructor(folder) {
    this.folder = join(folder, 'fake-key');
    // Keys are locked for all of a user's programs: another run of the tests has a key of the same serial.
    this.environment = { SEALFERRY_FAKE_KEY: this.folder, SEALFERRY_LOCK_FOLDER: folder };
    mkdirSync(join(this.folder, 'objects'), { recursive: true });
    this.put('serial', 'FAKE000000004711');
    this.put('pin', pin);
    this.put('limit', '200000'); // it tells how much room it has
  }

  /** Whole or not at all: the module looks at the folder at every call. */
  put(name, text = '') {
    writeFileSync(join(this.folder, `${name}.beside`), text);
    renameSync(join(this.folder, `${name}.beside`), join(this.folder, name));
  }

  get(name) {
    return existsSync(join(this.folder, name)) ? readFileSync(join(this.folder, name), 'utf8') : undefined;
  }

  /** What is to happen at which call; see tests/fakes/module/src/faults.h. */
  script(...lines) {
    this.put('script', lines.map((line) => `${line}\n`).join(''));
  }

  isPulled() {
    return existsSync(join(this.folder, 'pulled'));
  }

  plug() {
    const insertion = join(this.folder, 'insertion');
    this.put('insertion', String((existsSync(insertion) ? Number(readFileSync(insertion, 'utf8')) : 0) + 1));
    rmSync(join(this.folder, 'pulled'), { force: true });
  }

  /** Leaves this many bytes free. @param {{free: number, total: number}} room as the key tells it now */
  fill({ free, total }, bytes) {
    this.put('limit', String(total - free + bytes));
  }

  triesLeft() {
    const tries = join(this.folder, 'tries');
    return existsSync(tries) ? Number(readFileSync(tries, 'utf8')) : 3;
  }
}
