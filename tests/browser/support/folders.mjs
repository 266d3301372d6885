// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));
export const build = resolve(root, process.env.SEALFERRY_BUILD ?? 'build/dev');
export const extension = join(build, 'extension');
export const hostProgram = join(build, 'bin', 'sealferry-host');
export const hostName = 'org.sealferry.host';
export const reports = join(root, 'build', 'report');

/** A folder for one test. @param {import('node:test').TestContext | {after(f: () => void): void}} t */
export function scratch(t) {
  const folder = mkdtempSync(join(tmpdir(), 'sealferry-browser-'));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));
  return folder;
}

/** Where a picture for people goes. */
export function picture(name) {
  mkdirSync(reports, { recursive: true });
  return join(reports, name.endsWith('.png') ? name : `${name}.png`);
}
