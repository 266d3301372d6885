// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { Channel } from '../src/channel.js';
import { SealFerryError } from '../src/error.js';
import { SealFerry } from '../src/sealferry.js';
import { FarEnd, settled } from './far-end.js';

const states = (layers: { layer: string; state: string }[]) => layers.map(({ layer, state }) => `${layer} ${state}`).slice(0, 4);

describe('the self-check', () => {
  it('works with nothing installed', async () => {
    const control = new SealFerry(new Channel(() => Promise.reject(new SealFerryError('extension_missing'))));
    const status = await control.status();
    expect(states(status.layers)).toEqual(['extension error', 'host unknown', 'policy unknown', 'site unknown']);
    expect(status.first!.error).toMatchObject({ code: 'SF-111' });
  });

  it('puts a failing hello on the layer it belongs to', async () => {
    const failing = (name: string, detail?: object) =>
      new SealFerry(new FarEnd(({ id }, end) => end.fail(id, 1, name, { detail })).channel()).status();
    expect((await failing('host_missing')).first!.layer).toBe('host');
    expect((await failing('version_mismatch', { side: 'extension' })).first!.layer).toBe('extension');
    expect((await failing('version_mismatch', { side: 'host' })).first!.layer).toBe('host');
    expect((await failing('insecure_context')).first!.layer).toBe('site');
  });

  it('words what the host says, and marks what it did not tell as unknown', async () => {
    const site = { origin: 'https://ca.example', rights: [], trustedBy: null, mayAsk: true };
    const layers = [
      { layer: 'extension', state: 'ok' },
      { layer: 'host', state: 'ok' },
      { layer: 'policy', state: 'ok' },
      { layer: 'site', state: 'error', error: 'origin_not_trusted' },
    ];
    const far = new FarEnd(({ method }) => (method === 'status' ? { host: '0.1.0', platform: 'linux', site, layers } : {}));
    const status = await new SealFerry(far.channel()).status();
    expect(status.first).toMatchObject({ layer: 'site', error: { name: 'origin_not_trusted', code: 'SF-106' } });
    expect(status.layers.at(-1)).toEqual({ layer: 'clock', state: 'unknown' });
    expect(status.site).toEqual(site);
  });
});

describe('events', () => {
  it('share one subscription, and survive a restart of the extension', async () => {
    const far = new FarEnd(() => ({}));
    const control = new SealFerry(far.channel());
    const seen: string[] = [];
    await control.on('keyInserted', ({ serial }) => seen.push(`+${serial}`));
    await control.on('keyRemoved', ({ serial }) => seen.push(`-${serial}`));
    far.post({ method: 'keyInserted', params: { serial: '7', label: 'x' } });
    far.post({ method: 'keyRemoved', params: { serial: '7' } });
    await settled();
    expect(seen).toEqual(['+7', '-7']);
    far.hangUp();
    await settled();
    expect(far.requests.map(({ method }) => method)).toEqual(['subscribe', 'subscribe']);
  });

  it('end with the last listener', async () => {
    const far = new FarEnd(() => ({}));
    const control = new SealFerry(far.channel());
    const listener = () => {};
    await control.on('keyInserted', listener);
    await control.off('keyInserted', listener);
    expect(far.requests.at(-1)).toMatchObject({ method: 'subscribe', params: { events: false } });
  });
});

describe('calls', () => {
  it('send only the parameters that were given', async () => {
    const far = new FarEnd(() => ({}));
    const control = new SealFerry(far.channel());
    await control.readKey();
    await control.readKey({ serial: '42', pictures: false });
    await control.annualInspection({ order: 'b3JkZXI=', seals: ['c2VhbA=='], onStep: () => {} });
    expect(far.requests.map(({ params }) => params)).toEqual([
      {},
      { serial: '42', pictures: false },
      { order: 'b3JkZXI=', seals: ['c2VhbA=='] },
    ]);
  });

  it('tell each step to the one who asked', async () => {
    const far = new FarEnd(({ id }, end) => {
      end.post({ method: 'progress', params: { id, step: 'write', done: 1, total: 4 } });
      end.post({ method: 'prompt', params: { id, what: 'pin' } });
      return {};
    });
    const steps: unknown[] = [];
    await new SealFerry(far.channel()).annualInspection({ order: '', seals: [], onStep: (step) => steps.push(step) });
    expect(steps).toEqual([
      { kind: 'progress', step: 'write', done: 1, total: 4 },
      { kind: 'prompt', what: 'pin' },
    ]);
  });
});
