// SPDX-License-Identifier: Apache-2.0
import { shallowRef } from 'vue';
import * as api from './api';
import { PortalError } from './request';

/** Who is logged in; null: nobody. */
export const current = shallowRef<api.User | null>(null);
/** What the portal is called and offers; null until it was asked. */
export const portal = shallowRef<api.Portal | null>(null);

/** Whoever the cookie belongs to. */
export async function user(): Promise<api.User | null> {
  current.value ??= await api.session().catch(nobody);
  return current.value;
}

function nobody(error: unknown): null {
  if (error instanceof PortalError && error.status !== 401) throw error;
  return null;
}

export async function login(account: string, password: string): Promise<void> {
  current.value = await api.login(account, password);
}

export async function logout(): Promise<void> {
  await api.logout();
  current.value = null;
}

export async function loadPortal(): Promise<void> {
  portal.value ??= await api.portal().catch(() => null);
}
