// SPDX-License-Identifier: Apache-2.0
import type { Key, Seal } from '@sealferry/client';
import { describe, expect, it } from 'vitest';
import { advice, date, dateTime, due, money, pin, sealState, sealType, standard, tail, verdict } from '../src/words';

describe('words', () => {
  it("tell days by China's clock, wherever the browser is", () => {
    expect(date('2026-12-05T16:00:00Z')).toBe('2026年12月6日');
    expect(dateTime('2026-11-22T09:05:00Z')).toBe('2026/11/22 17:05');
  });

  it('tell money and tails', () => {
    expect(money(20050)).toBe('¥ 200.50');
    expect(tail('5EA1F3B2C4D50A77')).toBe('0A77');
  });

  it('tell how a seal stands, the worst first', () => {
    const seal = (change: Partial<Seal>) => ({ daysLeft: 300, certificateMatches: true, verdict: { verdict: 'valid' }, ...change }) as Seal;
    expect(sealState(seal({})).text).toBe('有效');
    expect(sealState(seal({ daysLeft: 13 })).text).toBe('还有 13 天到期');
    expect(sealState(seal({ certificateMatches: false })).text).toBe('与证书不符');
    expect(sealState(seal({ daysLeft: -1, certificateMatches: false })).text).toBe('已过期');
    expect(sealState(seal({ daysLeft: -1, verdict: { verdict: 'invalid' } as Seal['verdict'] })).text).toBe('无效');
  });

  it('tell what a seal is due for, and that 变更 is not 年检', () => {
    expect(due({ action: 'annualInspection', reason: 'sealCertificateMismatch' })).toBe('需年检');
    expect(due({ action: 'change', reason: 'sealCertificateMismatch' })).toBe('需变更');
    expect(due({ action: 'ok', reason: 'current' })).toBeUndefined();
    expect(advice({ action: 'change', reason: 'sealCertificateMismatch' })).toContain('签章变更');
    expect(advice({ action: 'annualInspection', reason: 'sealCertificateMismatch' })).toContain('签章年检');
    expect(advice({ action: 'ok', reason: 'unreadable' })).toContain('读不到锁内的签章');
  });

  it('tell what a seal is and what its check found', () => {
    const seal = (change: object) => ({ version: 4, type: 1, verdict: { verdict: 'valid' }, ...change }) as Seal;
    expect(standard(seal({}))).toBe('GB/T 38540-2020');
    expect(sealType(seal({ version: 1, type: 2 }))).toBe('个人签章');
    expect(sealType(seal({ type: 3 }))).toBe('类型 3');
    expect(verdict(seal({}))).toBe('通过');
    expect(verdict(seal({ verdict: { verdict: 'invalid', failedStep: 'sealSignature' } }))).toBe('不通过：已被改动');
  });

  it('warn of the last PIN try', () => {
    expect(pin({ pin: { state: 'lastTry', triesLeft: 1 } } as Key)).toContain('最后一次');
    expect(pin({ pin: { state: 'ok', triesLeft: 10 } } as Key)).toBe('正常，还可输错 10 次');
  });
});
