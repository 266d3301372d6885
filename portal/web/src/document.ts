// SPDX-License-Identifier: Apache-2.0
import { connect, SealFerryError, type Stamped, type StampWish } from '@sealferry/client';
import { computed, ref, shallowRef } from 'vue';
import { recheck } from './control';
import { hasPassed } from './stamp';
import { useTask } from './task';

/** Stamping a document of the user's own. Called from a click: the right to stamp may have to be asked for first. */
export function useDocument() {
  const stamped = shallowRef<Stamped | null>(null);
  /** Per cent of the file that the control has, while it is sent. */
  const sent = ref<number | null>(null);
  const work = useTask();
  const passed = computed(() => stamped.value !== null && hasPassed(stamped.value.report));

  const stamp = (file: File, mayStamp: boolean, wish: StampWish) =>
    work.run(async (watched) => {
      stamped.value = null;
      const control = await connect();
      if (!mayStamp) {
        const outcome = await control.trustSite({ stamp: true, ...watched });
        await recheck();
        if (outcome === 'denied') throw new SealFerryError('right_missing', { detail: { right: 'stamp' } });
      }
      const onProgress: StampWish['onProgress'] = ({ step, done, total }) => (sent.value = step === 'send' ? Math.round((100 * done) / total) : null);
      try {
        stamped.value = await control.stampDocument(file, { ...wish, name: file.name, onProgress, ...watched });
      } finally {
        sent.value = null;
      }
    });

  return { stamped, passed, work, sent, stamp };
}
