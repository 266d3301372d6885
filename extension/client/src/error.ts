// SPDX-License-Identifier: Apache-2.0
import { errors, type ErrorName } from './errors.js';
import { language, type Language } from './language.js';
import { words } from './words.js';

/** Small facts about an error, where they are known: `side`, `module`, `holder`, `here`, `there`, `field`, `reason`, `right`, `last`. */
export type Detail = Readonly<Record<string, string>>;

/** The `error` member of an answer, as it travels. */
export interface WireError {
  readonly code: number;
  readonly message: string;
  readonly data?: { readonly name?: string; readonly retry?: boolean; readonly triesLeft?: number; readonly detail?: Detail; readonly logRef?: string };
}

/**
 * Everything that can go wrong, in words for the person at the page: `message` says what happened, `advice` what to do.
 * Portals should show both, with `code`, which the help desk asks for.
 */
export class SealFerryError extends Error {
  /** Stable name, e.g. `pin_incorrect`. Decide by this. */
  override readonly name: ErrorName;
  /** Shown to people, e.g. `SF-210`. */
  readonly code: string;
  /** What to do now. */
  readonly advice: string;
  /** May the same call be made again as it is? */
  readonly retry: boolean;
  /** PIN tries left, where the key tells. */
  readonly triesLeft?: number;
  readonly detail?: Detail;
  /** Where the host's log says more. */
  readonly logReference?: string;

  constructor(name: ErrorName, data: WireError['data'] = {}, lang: Language = language()) {
    const [what, advice] = words(name, data, lang);
    super(what);
    this.name = name;
    this.code = `SF-${errors[name].code}`;
    this.advice = advice;
    this.retry = data.retry ?? errors[name].retry;
    if (data.triesLeft !== undefined) this.triesLeft = data.triesLeft;
    if (data.detail !== undefined) this.detail = data.detail;
    if (data.logRef !== undefined) this.logReference = data.logRef;
  }

  /** An answer's error. A name this library does not know (a newer host) is `internal`, with its number in the detail. */
  static from({ code, data }: WireError, lang?: Language): SealFerryError {
    if (isErrorName(data?.name)) return new SealFerryError(data.name, data, lang);
    return new SealFerryError('internal', { ...data, detail: { ...data?.detail, reason: `SF-${code}` } }, lang);
  }
}

/** Is this one of the names in the table? */
export function isErrorName(name: unknown): name is ErrorName {
  return typeof name === 'string' && Object.hasOwn(errors, name);
}
