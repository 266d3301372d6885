// SPDX-License-Identifier: Apache-2.0
import { connect, type Seal } from '@sealferry/client';
import { ref, shallowRef, watch, type Ref } from 'vue';
import { sealState } from './words';

/**
 * The seals a person may choose from: those the control would stamp with. Where there is none of them, the first seal of all:
 * whoever stamps with it is told what is wrong with it.
 */
export function choicesAmong(seals: readonly Seal[]): Seal[] {
  const real = seals.filter(({ type }) => type !== 'picture');
  const usable = real.filter((seal) => sealState(seal).tone !== 'danger');
  return usable.length > 0 ? usable : real.slice(0, 1);
}

/** The seals on the chosen key, read as soon as it is there; that takes no window and no PIN. */
export function useSeals(serial: Ref<string | undefined>) {
  const seals = shallowRef<readonly Seal[]>([]);
  const reading = ref(false);

  async function read(chosen: string): Promise<Seal[]> {
    const control = await connect();
    return choicesAmong((await control.readKey({ serial: chosen })).seals);
  }

  watch(serial, async (chosen) => {
    seals.value = [];
    reading.value = chosen !== undefined;
    if (chosen === undefined) return;
    // What hinders the reading hinders the stamping too, and is told there.
    const found = await read(chosen).catch(() => []);
    if (serial.value !== chosen) return; // another key was chosen meanwhile
    seals.value = found;
    reading.value = false;
  }, { immediate: true });

  return { seals, reading };
}
