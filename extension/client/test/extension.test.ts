// SPDX-License-Identifier: Apache-2.0
// What the extension's own folder has to keep, checked where no browser is needed.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const extension = fileURLToPath(new URL('../../', import.meta.url));
const text = (path: string) => readFileSync(extension + path, 'utf8');
const json = (path: string) => JSON.parse(text(path)) as Record<string, unknown>;

describe('the extension', () => {
  it('keeps the bridge within 2 KiB: it is in every page', () => {
    expect(Buffer.byteLength(text('bridge.js'))).toBeLessThanOrEqual(2048);
  });

  it('asks for no more than it uses', () => {
    const manifest = json('manifest.json.in');
    expect(manifest['permissions']).toEqual(['nativeMessaging', 'scripting', 'storage']);
    expect(manifest['externally_connectable']).toBeUndefined();
    expect(manifest['web_accessible_resources']).toBeUndefined();
  });

  it('says the same in both languages', () => {
    const keys = (locale: string) => Object.keys(json(`_locales/${locale}/messages.json`)).sort();
    expect(keys('en')).toEqual(keys('zh_CN'));
  });

  it('takes the caller from the browser alone', () => {
    for (const name of readdirSync(`${extension}background`)) {
      expect(text(`background/${name}`).replaceAll(/\/\/.*|\/\*[^]*?\*\//g, ''), name).not.toMatch(/sender\.url|location\b/);
    }
  });
});
