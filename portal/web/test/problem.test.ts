// SPDX-License-Identifier: Apache-2.0
import { errors, SealFerryError, type ErrorName } from '@sealferry/client';
import { describe, expect, it, vi } from 'vitest';
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
