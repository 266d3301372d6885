// SPDX-License-Identifier: Apache-2.0
import { findings } from './findings.js';
import { language, type Language } from './language.js';

/** What a reason, a note or a change of a document's report means, for people; a name that is not known stays itself. */
export function describeFinding(name: string, lang: Language = language()): string {
  const known = findings[name] ?? findings[name.split('.')[0] ?? ''];
  return known?.[lang] ?? name;
}
