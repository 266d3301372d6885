// SPDX-License-Identifier: Apache-2.0
// The soft SKF key (token/soft): a folder, with SM2 certificates.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
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
}
