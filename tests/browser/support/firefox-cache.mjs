// SPDX-License-Identifier: Apache-2.0
// What Firefox compiles of itself when it first starts with a profile: a third of the processor time of every start. Made once
// (`node firefox-cache.mjs`, by the suites) and put into each new profile, which is fresh in everything else. Without it each
// start compiles anew.
import { cpSync, existsSync, mkdtempSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { root } from './folders.mjs';

export const firefox = '/usr/bin/firefox-esr';

// Another version compiles otherwise, and would throw this away.
const kept = existsSync(firefox) ? join(root, 'build', `firefox-cache-${Math.trunc(statSync(firefox).mtimeMs)}`) : '';
const parts = ['startupCache', 'compatibility.ini'];

/** A new profile's folder below this one. @param {string} home */
export function newProfile(home) {
  const profile = join(home, 'firefox');
  mkdirSync(profile, { recursive: true });
  if (kept && existsSync(kept)) cpSync(kept, profile, { recursive: true });
  return profile;
}

async function startOnce(profile) {
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: firefox, headless: true, userDataDir: profile, env: { ...process.env, HOME: profile } });
  await browser.close();
}

async function make() {
  if (!kept || existsSync(kept)) return;
  const profile = mkdtempSync(join(tmpdir(), 'sealferry-browser-'));
  try {
    // The first start notes what it needed, the second compiles that beforehand.
    await startOnce(profile);
    await startOnce(profile);
    const fresh = mkdtempSync(join(root, 'build', 'firefox-cache-new-'));
    for (const part of parts.filter((one) => existsSync(join(profile, one)))) cpSync(join(profile, part), join(fresh, part), { recursive: true });
    renameSync(fresh, kept);
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await make();
