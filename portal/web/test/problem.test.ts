// SPDX-License-Identifier: Apache-2.0
import { errors, SealFerryError, type ErrorName } from '@sealferry/client';
import { describe, expect, it, vi } from 'vitest';
import { clockError } from '../src/inspection';
import { toProblem } from '../src/problem';
import { PortalError, request } from '../src/request';

const control = (name: ErrorName, data = {}) => toProblem(new SealFerryError(name, data, 'zh-CN'));

describe('a problem', () => {
  it('has a sentence, an advice and a number for every error of the control', () => {
    for (const name of Object.keys(errors) as ErrorName[]) {
      const problem = control(name);
      expect(problem.code).toBe(`SF-${errors[name].code}`);
      expect(problem.message).not.toBe('');
      expect(problem.advice).not.toBe('');
    }
  });

  it('offers to go on only where going on can help', () => {
    for (const name of ['key_removed', 'pin_incorrect', 'order_expired', 'host_stopped', 'cancelled', 'clock_wrong'] as const) {
      expect(control(name).resumable, name).toBe(true);
    }
    for (const name of ['pin_locked', 'order_untrusted', 'order_mismatch', 'seal_invalid'] as const) {
      expect(control(name).resumable, name).toBe(false);
    }
  });

  it("keeps the server's own words", () => {
    const error = new PortalError('order_not_ready', '订单还在审核中。', '请稍后再试。', 409);
    expect(toProblem(error)).toMatchObject({ message: '订单还在审核中。', advice: '请稍后再试。' });
  });

  it('says something sensible about a defect of the page', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    expect(toProblem(new TypeError('x is undefined')).message).toBe('页面内部出错。');
  });
});

describe('an order that is over', () => {
  const expired = (here: string) => new SealFerryError('order_expired', { detail: { here, there: '2026-11-22T10:15:00Z' }, logRef: '1a2b-0001' }, 'zh-CN');

  it('as soon as it was fetched means a clock that is ahead', () => {
    expect(clockError(expired('2026-11-22T11:00:00Z'), '2026-11-22T10:00:00Z')).toMatchObject({
      name: 'clock_wrong', detail: { here: '2026-11-22T11:00:00Z', there: '2026-11-22T10:00:00Z' }, logReference: '1a2b-0001',
    });
  });

  it('is over where the clocks agree, and nothing else is touched', () => {
    const late = expired('2026-11-22T10:04:00Z');
    expect(clockError(late, '2026-11-22T10:00:00Z')).toBe(late);
    const other = new SealFerryError('key_removed', {}, 'zh-CN');
    expect(clockError(other, '2026-11-22T10:00:00Z')).toBe(other);
  });
});

describe('a request', () => {
  const answered = (status: number, body: string) => vi.stubGlobal('fetch', async () => new Response(body, { status }));

  it('turns a refusal into its sentences', async () => {
    answered(409, JSON.stringify({ error: { name: 'order_open', message: '这把锁已有订单。', advice: '请先完成它。' } }));
    await expect(request('POST', '/api/orders', {})).rejects.toMatchObject({ name: 'order_open', message: '这把锁已有订单。', status: 409 });
  });

  it('has words for answers that are no JSON, and for no answer at all', async () => {
    answered(502, '<html>');
    await expect(request('GET', '/api/orders')).rejects.toMatchObject({ message: '办理系统暂时出错。' });
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('failed')));
    await expect(request('GET', '/api/orders')).rejects.toMatchObject({ name: 'unreachable' });
  });
});
