// SPDX-License-Identifier: Apache-2.0
import type { Key, Seal } from '@sealferry/client';
import { ID_INJECTION_KEY } from 'element-plus';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createSSRApp, h, nextTick, ref } from 'vue';
import { renderToString } from 'vue/server-renderer';
import SealChooser from '../src/components/SealChooser.vue';
import { choicesAmong, useSeals } from '../src/seals';

const readKey = vi.fn<(wish: { serial: string }) => Promise<Pick<Key, 'seals'>>>();
vi.mock('@sealferry/client', () => ({ connect: async () => ({ readKey }) }));

const seal = (id: string, change: object = {}) =>
  ({
    id, name: `签章${id}`, type: 1, notAfter: '2027-12-05T16:00:00Z', daysLeft: 300, certificateMatches: true, verdict: { verdict: 'valid' },
    picture: { mediaType: 'image/png', data: `picture${id}` }, ...change,
  }) as Seal;
const ids = (seals: readonly Seal[]) => seals.map(({ id }) => id);

describe('the seals of a key', () => {
  it('are to choose from where the control would stamp with them', () => {
    const other = [
      seal('expired', { daysLeft: -1, verdict: { verdict: 'invalid' } }), seal('foreign', { certificateMatches: false }),
      seal('broken', { verdict: { verdict: 'unreadable' } }), seal('picture', { type: 'picture', verdict: { verdict: 'unreadable' } }),
    ];
    expect(ids(choicesAmong([...other, seal('1'), seal('2', { verdict: { verdict: 'valid-with-note' } })]))).toEqual(['1', '2']);
    expect(ids(choicesAmong(other))).toEqual(['expired']); // the control says why not
    expect(choicesAmong([])).toEqual([]);
  });
});

describe('the chooser', () => {
  const shown = (seals: Seal[]) => {
    let chosen: string | undefined;
    const props = { seals, modelValue: undefined, 'onUpdate:modelValue': (id?: string) => (chosen = id) };
    const app = createSSRApp({ render: () => h(SealChooser, props) }).provide(ID_INJECTION_KEY, { prefix: 1, current: 0 });
    return renderToString(app).then((html) => ({ html, chosen }));
  };

  it('shows several seals with picture and name, and has chosen the first', async () => {
    const { html, chosen } = await shown([seal('1'), seal('2')]);
    for (const told of ['签章1', '签章2', 'data:image/png;base64,picture1', 'data:image/png;base64,picture2', '2027年12月6日']) expect(html).toContain(told);
    expect(chosen).toBe('1');
  });

  it('is not to be seen where there is no choice, but the seal is named', async () => {
    const { html, chosen } = await shown([seal('1')]);
    expect(html).not.toContain('签章');
    expect(chosen).toBe('1');
    expect((await shown([])).chosen).toBeUndefined();
  });
});

describe('reading them', () => {
  beforeEach(() => void readKey.mockReset());

  it('begins when a key is chosen, and again with another key', async () => {
    const serial = ref<string>();
    const { seals, reading } = useSeals(serial);
    expect(reading.value).toBe(false);
    readKey.mockImplementation(async ({ serial: chosen }) => ({ seals: [seal(chosen)] }));
    serial.value = 'A';
    await nextTick();
    expect(reading.value).toBe(true);
    await vi.waitFor(() => expect(ids(seals.value)).toEqual(['A']));
    expect(reading.value).toBe(false);
    serial.value = 'B';
    await vi.waitFor(() => expect(ids(seals.value)).toEqual(['B']));
    serial.value = undefined; // pulled
    await vi.waitFor(() => expect(seals.value).toEqual([]));
  });

  it('takes no answer that came too late, and leaves what went wrong to the stamping', async () => {
    const serial = ref<string>();
    const { seals, reading } = useSeals(serial);
    let answer!: (key: Pick<Key, 'seals'>) => void;
    readKey.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
    serial.value = 'A';
    await vi.waitFor(() => expect(readKey).toHaveBeenCalledTimes(1));
    readKey.mockRejectedValueOnce(new Error('no key'));
    serial.value = 'B';
    await vi.waitFor(() => expect(reading.value).toBe(false));
    answer({ seals: [seal('A')] });
    await nextTick();
    expect(seals.value).toEqual([]);
  });
});
