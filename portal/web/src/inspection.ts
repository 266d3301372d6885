// SPDX-License-Identifier: Apache-2.0
import { connect, SealFerryError, type Watched } from '@sealferry/client';
import { ref, shallowRef } from 'vue';
import * as api from './api';
import { useTask } from './task';

/** The annual inspection of one order: fetch what may be written, write it, hand the key's receipt to the CA. */
export function useInspection(number: string) {
  const order = shallowRef<api.Order | null>(null);
  const authorisation = shallowRef<api.Authorisation | null>(null);
  /** How far an earlier attempt came on this key. */
  const earlier = ref<'none' | 'partial' | 'done'>('none');
  const loading = useTask();
  const working = useTask();
  /** Written, but the CA has not got the receipt yet: going on must not write again. */
  let receipt: string | null = null;

  const load = () =>
    loading.run(async () => {
      order.value = await api.order(number);
      if (order.value.state !== 'ready') return;
      authorisation.value = await api.authorisation(number);
      earlier.value = await stateOf(authorisation.value.order);
    });

  const inspect = () =>
    working.run(async (watched) => {
      receipt ??= await write(watched);
      order.value = await api.sendReceipt(number, receipt);
      earlier.value = 'none';
    });

  async function write(watched: Watched): Promise<string> {
    // Fetched anew: work orders are short-lived, and one that is older than the user's hesitation would be refused.
    const { order: workOrder, seals, signCertificate, time } = (authorisation.value = await api.authorisation(number));
    const control = await connect();
    const writing = control.annualInspection({ order: workOrder, seals, ...(signCertificate && { signCertificate }), ...watched });
    return (await writing.catch((error) => Promise.reject(clockError(error, time)))).receipt;
  }

  return { order, authorisation, earlier, loading, working, load, inspect };
}

const allowedSkew = 5 * 60_000;

/** An order fetched a moment ago cannot be over: then this computer's clock is ahead, and fetching again would not help. */
export function clockError(error: unknown, time: string): unknown {
  if (!(error instanceof SealFerryError) || error.name !== 'order_expired' || !error.detail?.['here']) return error;
  const { here } = error.detail;
  if (Date.parse(here) - Date.parse(time) <= allowedSkew) return error;
  return new SealFerryError('clock_wrong', { detail: { here, there: time }, ...(error.logReference && { logRef: error.logReference }) });
}

/** Only a hint for the page; whatever hinders the question will be said when the work begins. */
async function stateOf(workOrder: string): Promise<'none' | 'partial' | 'done'> {
  try {
    return await (await connect()).orderState(workOrder);
  } catch {
    return 'none';
  }
}
