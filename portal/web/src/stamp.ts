// SPDX-License-Identifier: Apache-2.0
import { connect, type Report, type TestStamp } from '@sealferry/client';
import { computed, shallowRef } from 'vue';
import * as api from './api';
import { useTask } from './task';

/** The test stamp, on its own or as the last step of an order. */
export function useStamp(number: string | null) {
  const result = shallowRef<TestStamp | null>(null);
  const work = useTask();
  const passed = computed(() => result.value !== null && hasPassed(result.value.report));

  const stamp = (serial?: string) =>
    work.run(async (watched) => {
      result.value = null;
      const control = await connect();
      result.value = await control.testStamp({ ...(serial && { serial }), ...watched });
      if (number && passed.value) await api.reportTestStamp(number, await digests(result.value.documents));
    });

  return { result, work, passed, stamp };
}

/** Whether every signature of a document holds. */
export const hasPassed = ({ intact, verdict }: Report) => intact && (verdict === 'valid' || verdict === 'valid-with-note');

const digests = (documents: Blob[]) => Promise.all(documents.map(digest));

async function digest(document: Blob): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await document.arrayBuffer()));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
