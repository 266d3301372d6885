// SPDX-License-Identifier: Apache-2.0
/**
 * Lets a web page use a USB key through the SealFerry security control.
 *
 * ```ts
 * import { connect, SealFerryError } from '@sealferry/client';
 * const control = await connect();
 * const key = await control.readKey();
 * ```
 * @packageDocumentation
 */
import { Channel } from './channel.js';
import { speak, type Language } from './language.js';
import { SealFerry } from './sealferry.js';
import { check, type Status } from './status.js';

export { SealFerryError, isErrorName, type Detail } from './error.js';
export { errors, type ErrorName } from './errors.js';
export { describeFinding } from './finding.js';
export type { Events } from './events.js';
export type { Hello } from './hello.js';
export type { Language } from './language.js';
export type { PlacedStamp, Pages, Progress, Stamped, StampWish } from './stamping.js';
export type { SealFerry } from './sealferry.js';
export type { Layer, Status } from './status.js';
export type * from './types.js';

// One channel for the whole document, however often it connects.
const channel = new Channel();
const control = new SealFerry(channel);

/**
 * Finds the control. Rejects with `extension_missing`, `host_missing` or `version_mismatch`; {@link status} tells the same
 * without rejecting. `lang` words errors from now on; without it the page's language counts.
 */
export async function connect({ lang }: { lang?: Language } = {}): Promise<SealFerry> {
  if (lang) speak(lang);
  await control.hello();
  return control;
}

/** The self-check, layer by layer. Never rejects; works with nothing installed. */
export const status = (): Promise<Status> => check(channel);
