// SPDX-License-Identifier: Apache-2.0
// A real browser with two ways from a page to a native program: ours, to the host as it is released, and the barest there can be,
// to a program that only echoes. What is measured goes both ways in turn, so that both meet the same machine.
import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { open, registerOther, start } from '../browser/support/browser.mjs';
import { scratch } from '../browser/support/folders.mjs';
import { serve } from '../browser/support/site.mjs';
import { root } from './figures.mjs';

const echoExtension = fileURLToPath(new URL('echo-extension', import.meta.url));
const echoProgram = join(root, 'build/dev/bench/frame_echo');
const bin = (name) => join(root, 'build/release/bin', name);
const echoName = 'org.sealferry.echo';

/** Browsers hand no options over, and a release takes none: the user it runs for has trusted the site. */
function hostFor(origin) {
  const folder = scratch();
  const environment = { HOME: folder, XDG_CONFIG_HOME: join(folder, 'config'), XDG_STATE_HOME: join(folder, 'state') };
  execFileSync(bin('sealferry'), ['sites', 'trust', origin], { env: { ...process.env, ...environment } });
  const path = join(folder, 'host.sh');
  const lines = Object.entries(environment).map(([name, value]) => `export ${name}='${value}'`);
  writeFileSync(path, `#!/bin/sh\n${lines.join('\n')}\nexec '${bin('sealferry-host')}' "$@"\n`);
  chmodSync(path, 0o755);
  return { path };
}

/** Firefox loads an extension from its own folder with its own id; Chromium gives one by the path. */
async function installEcho(browser, name) {
  const id = await browser.installExtension(echoExtension);
  const who = name === 'chromium' ? { allowed_origins: [`chrome-extension://${id}/`] } : { allowed_extensions: ['echo@sealferry.example'] };
  registerOther(browser, name, { name: echoName, description: echoName, path: echoProgram, type: 'stdio', ...who });
}

/** A page with both ways at hand. @param {string} name  chromium | firefox */
export async function line(t, name) {
  const site = await serve(t, {}, { secure: true });
  const browser = await start(t, name, { host: hostFor(site.origin) });
  await installEcho(browser, name);
  const page = await open(browser, site.origin);
  await page.reload({ waitUntil: 'load' });
  return page;
}
