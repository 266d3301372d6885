// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeFinding } from '../src/finding.js';
import { findings } from '../src/findings.js';

const page = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8');
const section = (title: string) => page.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
const results = ['result', 'passed', 'note', 'failed']; // what a step came to

describe('the words of a document report', () => {
  it('are there in both languages', () => {
    for (const entry of Object.values(findings)) {
      expect(entry['zh-CN']).toMatch(/[\u4e00-\u9fff]/);
      expect(entry.en.length).toBeGreaterThan(5);
    }
    expect(describeFinding('contentChanged', 'en')).toBe("a page's content was changed");
    expect(describeFinding('timestamp.imprintMismatch', 'zh-CN')).toBe('签名内的时间戳不能采信');
    expect(describeFinding('something new', 'en')).toBe('something new');
  });

  it("cover every step, reason and note of a seal's verdict", () => {
    const names = [...section("Words of a seal's verdict").matchAll(/`([a-z][A-Za-z]+)`/g)].map((match) => match[1] ?? '');
    expect(new Set(names).size).toBeGreaterThan(50);
    for (const name of names) if (!results.includes(name)) expect(Object.keys(findings)).toContain(name);
  });

  it('cover every name the protocol lists', () => {
    const rows = section("Words of a document's report").split('\n').filter((line) => line.startsWith('| `'));
    const reasons = rows.slice(0, rows.findIndex((line) => line.startsWith('| `changesAfter.kind')));
    const changes = rows.slice(reasons.length + 1);
    const named = [...reasons.map((line) => line.split('|')[1]), ...changes.map((line) => line.split('|')[2])];
    const names = named.flatMap((cell) => [...(cell ?? '').matchAll(/`([A-Za-z]+)(?:\.WORD)?`/g)].map((match) => match[1] ?? ''));
    expect(names.length).toBeGreaterThan(60);
    for (const name of names) if (name !== 'reasons') expect(Object.keys(findings)).toContain(name);
  });
});
