// SPDX-License-Identifier: Apache-2.0
import type { Channel } from './channel.js';

/** This library's version and the message contract it speaks. */
export const own = { version: '0.1.0', protocol: 1 } as const;

/** Versions and abilities of the control. */
export interface Hello {
  host: string;
  protocol: number;
  platform: string;
  build: 'release' | 'development';
  /** Methods this host answers. */
  features: string[];
}

/** Compares versions with extension and host; rejects with `version_mismatch` and says which side is too old. */
export const greet = (channel: Channel): Promise<Hello> => channel.request<Hello>('hello', { client: own });
