// SPDX-License-Identifier: Apache-2.0
// The security control as the pages see it: how things stand, kept fresh while a page shows it.
import { connect, status as ask, type Status } from '@sealferry/client';
import { computed, onMounted, onUnmounted, ref, shallowRef } from 'vue';

const status = shallowRef<Status | null>(null);
const checking = ref(false);

let running: Promise<void> | undefined;

/** Asks anew; several askers share one check. */
export function recheck(): Promise<void> {
  running ??= check().finally(() => (running = undefined));
  return running;
}

async function check(): Promise<void> {
  checking.value = true;
  status.value = await ask();
  checking.value = false;
}

/** Puts the question "trust this site?" in a native window; to be called from a click. */
export async function trust(): Promise<'granted' | 'denied' | 'policy'> {
  const outcome = await (await connect()).trustSite();
  await recheck();
  return outcome;
}

const layer = (name: string) => status.value?.layers.find((candidate) => candidate.layer === name);

const installed = computed(() => layer('extension')?.state === 'ok' && layer('host')?.state === 'ok');
const trusted = computed(() => status.value?.site?.rights.includes('read') ?? false);
const keys = computed(() => status.value?.keys ?? []);

/** Checks when the page opens, when the window comes back to the front, and whenever a key comes or goes. */
export function useControl() {
  let listening = false;

  async function listen(): Promise<void> {
    if (listening || !trusted.value) return;
    listening = true;
    const control = await connect();
    await control.on('keyInserted', onKey);
    await control.on('keyRemoved', onKey);
  }

  async function refresh(): Promise<void> {
    await recheck();
    await listen().catch(() => (listening = false));
  }

  async function unlisten(): Promise<void> {
    if (!listening) return;
    const control = await connect();
    await control.off('keyInserted', onKey);
    await control.off('keyRemoved', onKey);
  }

  const onKey = () => void refresh();
  const onFocus = () => void (installed.value || refresh());

  onMounted(() => {
    void refresh();
    window.addEventListener('focus', onFocus);
  });
  onUnmounted(() => {
    window.removeEventListener('focus', onFocus);
    unlisten().catch(() => {});
  });
  return { status, checking, installed, trusted, keys, refresh };
}
