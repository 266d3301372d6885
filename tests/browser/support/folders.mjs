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

const folders = [];
// Not in t.after(): hooks run in the order in which they were registered, and a browser that still closes writes again.
process.on('exit', () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })));

/** A folder for one test, gone with this process. */
export function scratch() {
  folders.push(mkdtempSync(join(tmpdir(), 'sealferry-browser-')));
  return folders.at(-1);
}

/** Where a picture for people goes. */
export function picture(name) {
  mkdirSync(reports, { recursive: true });
  return join(reports, name.endsWith('.png') ? name : `${name}.png`);
}
