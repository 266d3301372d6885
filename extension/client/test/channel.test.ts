// SPDX-License-Identifier: Apache-2.0
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Channel } from '../src/channel.js';
import { SealFerryError } from '../src/error.js';
import { FarEnd, settled } from './far-end.js';

afterEach(() => vi.useRealTimers());

describe('a channel', () => {
  it('matches answers to requests however they are ordered', async () => {
    const far = new FarEnd();
    const channel = far.channel();
    const answers = Promise.all([channel.request('readKey'), channel.request('listKeys')]);
    await settled();
    const [first, second] = far.requests;
    far.answer(second!.id, 'second');
    far.answer(first!.id, 'first');
    expect(await answers).toEqual(['first', 'second']);
    expect(far.knocks).toBe(1);
  });

  it('rejects with the typed error, tries left and detail included', async () => {
    const far = new FarEnd(({ id }, end) => end.fail(id, 210, 'pin_incorrect', { triesLeft: 2, retry: true }));
    const error = await far.channel().request('login').catch((e: unknown) => e);
    expect(error).toBeInstanceOf(SealFerryError);
    expect(error).toMatchObject({ name: 'pin_incorrect', code: 'SF-210', triesLeft: 2, retry: true });
  });

  it('words a name from the future as internal, with its number', async () => {
    const far = new FarEnd(({ id }, end) => end.fail(id, 777, 'moon_in_the_way'));
    await expect(far.channel().request('x')).rejects.toMatchObject({ name: 'internal', detail: { reason: 'SF-777' } });
  });

  it('ignores answers nobody asked for, and junk', async () => {
    const far = new FarEnd();
    const channel = far.channel();
    const answer = channel.request('hello');
    await settled();
    for (const junk of [null, 3, 'text', [], {}, { id: 99, result: 'forged' }, { method: 'progress' }, { method: 'progress', params: {} }]) far.post(junk);
    far.answer(far.requests[0]!.id, 'true');
    expect(await answer).toBe('true');
  });

  it('fails what runs when the far end hangs up, and knocks again for the next call', async () => {
    const far = new FarEnd(({ method }) => (method === 'hello' ? {} : undefined));
    const channel = far.channel();
    const lost = channel.request('readKey');
    await settled();
    far.hangUp();
    await expect(lost).rejects.toMatchObject({ name: 'host_stopped' });
    await channel.request('hello');
    expect(far.knocks).toBe(2);
  });

  it('tries the door again after it stayed shut', async () => {
    let knocks = 0;
    const channel = new Channel(() => {
      knocks += 1;
      return Promise.reject(new SealFerryError('extension_missing'));
    });
    for (const _ of [1, 2]) await expect(channel.request('hello')).rejects.toMatchObject({ name: 'extension_missing' });
    expect(knocks).toBe(2);
  });

  it('cancels on the far side when the page aborts', async () => {
    const far = new FarEnd(({ method, params }, end) => {
      if (method !== 'cancel') return undefined;
      end.fail((params as { id: number }).id, 109, 'cancelled');
      return {};
    });
    const abort = new AbortController();
    const call = far.channel().request('testStamp', {}, { signal: abort.signal });
    await settled();
    abort.abort();
    await expect(call).rejects.toMatchObject({ name: 'cancelled' });
    expect(far.requests.at(-1)).toMatchObject({ method: 'cancel', params: { id: far.requests[0]!.id } });
  });

  it('sends nothing for a call that was aborted before', async () => {
    const far = new FarEnd();
    await expect(far.channel().request('readKey', {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'cancelled' });
    expect(far.requests).toEqual([]);
  });

  it('gives up on a silent far end, but waits for a person at a window', async () => {
    const far = new FarEnd(({ method }) => (method === 'hello' ? {} : undefined));
    const channel = far.channel();
    await channel.request('hello'); // opens the port
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const outcome = vi.fn();
    const call = channel.request('testStamp', {}, { onNews: outcome });
    call.catch(outcome);
    await new Promise(setImmediate);
    far.post({ method: 'prompt', params: { id: far.requests.at(-1)!.id, what: 'pin' } });
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(outcome).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(outcome).toHaveBeenLastCalledWith(expect.objectContaining({ name: 'timed_out' }));
  });
});
