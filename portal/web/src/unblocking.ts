// SPDX-License-Identifier: Apache-2.0
import { connect, type Watched } from '@sealferry/client';
import { onUnmounted, shallowRef } from 'vue';
import * as api from './api';
import { clockError } from './inspection';
import { useTask } from './task';

const interval = 1500;

/** One order to unblock: wait for the operator, let the key be unblocked, hand its receipt to the CA. */
export function useUnblocking(number: string) {
  const order = shallowRef<api.Order | null>(null);
  const loading = useTask();
  const working = useTask();
  /** Unblocked, but the CA has not got the receipt yet. */
  let receipt: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  onUnmounted(() => clearTimeout(timer));

  /** While the operator looks at it, asks again now and then. */
  async function load(): Promise<void> {
    clearTimeout(timer);
    await loading.run(async () => void (order.value = await api.order(number)));
    if (order.value?.state === 'pendingReview') timer = setTimeout(load, interval);
  }

  const unblock = () =>
    working.run(async (watched) => {
      receipt ??= await carryOut(watched);
      order.value = await api.sendReceipt(number, receipt);
    });

  async function carryOut(watched: Watched): Promise<string> {
    const { order: workOrder, time } = await api.authorisation(number);
    const control = await connect();
    return (await control.unblockPin({ order: workOrder, ...watched }).catch((error) => Promise.reject(clockError(error, time)))).receipt;
  }

  return { order, loading, working, load, unblock };
}
