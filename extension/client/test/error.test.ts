// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript without types
import { stale, table } from '../generate-errors.mjs';
import { SealFerryError } from '../src/error.js';
import { errors } from '../src/errors.js';

describe('the error table', () => {
  it('is what error.def says', () => {
    expect(stale()).toEqual([]);
    expect(table().length).toBe(Object.keys(errors).length);
  });

  it('has a sentence and an advice in both languages for each error', () => {
    for (const entry of Object.values(errors)) {
      for (const text of [...entry['zh-CN'], ...entry.en]) expect(text.length).toBeGreaterThan(3);
      expect(entry['zh-CN'][0]).toMatch(/[。；]$/);
    }
  });
});

describe('an error', () => {
  it('speaks the language asked for', () => {
    expect(new SealFerryError('no_key', {}, 'zh-CN').advice).toBe('请插入锁后重试。');
    expect(new SealFerryError('no_key', {}, 'en').advice).toBe('Plug the key in and try again.');
  });

  it('counts the tries left, and warns before the last', () => {
    expect(new SealFerryError('pin_incorrect', { triesLeft: 3 }, 'zh-CN').message).toBe('密码不正确，还可再试3次。');
    expect(new SealFerryError('pin_incorrect', { triesLeft: 1 }, 'zh-CN').message).toContain('只剩最后一次');
    expect(new SealFerryError('pin_incorrect', { detail: { last: 'true' } }, 'zh-CN').message).toContain('只剩最后一次');
    expect(new SealFerryError('pin_incorrect', {}, 'zh-CN').message).toBe('密码不正确。');
  });

  it('says what a work order does not fit, where that is known', () => {
    const said = (field: string) => new SealFerryError('order_mismatch', { detail: { field } }, 'zh-CN').message;
    expect(said('origin')).toBe('授权单不是为本网站签发的，没有写入。');
    expect(said('key.serial')).toBe('授权单不是为这把锁签发的，没有写入。');
    expect(said('replaces')).toBe(said('key.certificateSha256'));
    expect(said('write.seals')).toBe('要写入的内容与授权单不符，没有写入。');
    expect(said('operation')).toBe(errors.order_mismatch['zh-CN'][0]);
    expect(new Set(['origin', 'key.serial', 'replaces', 'write.seals', 'operation'].map(said)).size).toBe(5);
  });
});
