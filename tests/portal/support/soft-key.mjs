// SPDX-License-Identifier: Apache-2.0
// The soft SKF key (token/soft): a folder, with SM2 certificates.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pin } from '../../browser/support/demonstration.mjs';
import { build } from '../../browser/support/folders.mjs';

export class SoftKey {
  module = { kind: 'skf', path: join(build, 'lib', 'libsealferry-softkey.so') };

  constructor(folder) {
    this.folder = join(folder, 'soft-key');
    this.environment = { SEALFERRY_SOFTKEY: this.folder };
    mkdirSync(this.folder);
    execFileSync(join(build, 'bin', 'sealferry-make-softkey'), [this.folder, '--label', 'SOFTKEY'], { input: `12345678\n${pin}\n` });
  }

  pull() {
    writeFileSync(join(this.folder, 'pulled'), '');
  }

  plug() {
    const insertion = join(this.folder, 'insertion');
    writeFileSync(insertion, String((existsSync(insertion) ? Number(readFileSync(insertion, 'utf8')) : 0) + 1));
    rmSync(join(this.folder, 'pulled'), { force: true });
  }

  /** What is to happen at which call; see token/soft/library/faults.h. */
  script(...lines) {
    writeFileSync(join(this.folder, 'script'), lines.map((line) => `${line}\n`).join(''));
  }
}
