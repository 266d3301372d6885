// SPDX-License-Identifier: Apache-2.0
// The order being filled in. Kept for this tab, so that a reload or a detour (installing, logging in again) loses nothing.
import type { Key } from '@sealferry/client';
import { reactive, watch } from 'vue';
import type { Handler, Invoice, NewOrder } from './api';

export interface Draft {
  key: NewOrder['key'] & { unit: string; certificateNotAfter: string };
  handler: Handler;
  invoice: Invoice;
  /** Empty: none. */
  addressId: string;
  /** Were the form's fields filled from the profile already? */
  filled: boolean;
}

const place = 'sealferry-inspection';

const state = reactive<{ draft: Draft | null }>({ draft: stored() });
watch(state, ({ draft }) => (draft ? sessionStorage.setItem(place, JSON.stringify(draft)) : sessionStorage.removeItem(place)), { deep: true });

export const useDraft = () => state;

/** Binds a new order to what was just read. */
export function beginDraft(key: Key): void {
  const certificate = key.certificates.find(({ use }) => use === 'signing')!;
  const seals = key.seals.map(({ id, name, sha256, notAfter }) => ({ id, name, sha256, notAfter }));
  const kept = state.draft;
  state.draft = {
    key: { serial: key.serial, unit: key.unit, certificate: certificate.pem, certificateNotAfter: certificate.notAfter, seals },
    handler: kept?.handler ?? { name: '', phone: '' },
    invoice: kept?.invoice ?? { title: '', taxNumber: '', delivery: 'electronic', email: '' },
    addressId: kept?.addressId ?? '',
    filled: kept?.filled ?? false,
  };
}

export function endDraft(): void {
  state.draft = null;
}

function stored(): Draft | null {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? 'null') as Draft | null;
  } catch {
    return null;
  }
}
