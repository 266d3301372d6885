// SPDX-License-Identifier: Apache-2.0
// An administrator's policy for one browser of one test: the browser runs with an /etc of its own, the machine's stays as it is.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, hostName } from './folders.mjs';

const place = { chromium: '/etc/chromium/policies/managed/sealferry.json', firefox: '/etc/firefox/policies/policies.json' };

const manifest = (browser) => JSON.parse(readFileSync(join(build, 'manifest', browser, `${hostName}.json`), 'utf8'));

const policy = {
  chromium: (values) => ({ '3rdparty': { extensions: { [new URL(manifest('chromium').allowed_origins[0]).host]: values } } }),
  firefox: (values) => ({ policies: { '3rdparty': { Extensions: { [manifest('firefox').allowed_extensions[0]]: values } } } }),
};

/** Can this machine give a process mounts of its own? Needs root, and a container that allows it. */
export function isPossible() {
  try {
    execFileSync('unshare', ['-m', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * A program that starts the browser with these values in its managed storage.
 * @param {string} folder @param {string} browser @param {string} program @param {object} values
 */
export function managed(folder, browser, program, values) {
  const layer = join(folder, 'etc');
  const file = join(folder, 'managed.json');
  const path = join(folder, `${browser}-managed.sh`);
  mkdirSync(layer);
  writeFileSync(file, JSON.stringify(policy[browser](values)));
  const inside = [
    `mount -t tmpfs tmpfs '${layer}'`,
    `mkdir '${layer}/upper' '${layer}/work'`,
    `mount -t overlay overlay -o 'lowerdir=/etc,upperdir=${layer}/upper,workdir=${layer}/work' /etc`,
    `install -D -m 644 '${file}' ${place[browser]}`,
    `exec ${program} "$@"`,
  ];
  writeFileSync(path, `#!/bin/sh\nexec unshare -m sh -c '${inside.join(' && ').replaceAll("'", "'\\''")}' sh "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}
