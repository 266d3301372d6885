// SPDX-License-Identifier: Apache-2.0

/** Languages in which errors and advice are worded. */
export type Language = 'zh-CN' | 'en';

let chosen: Language | undefined;

/** Words errors in this language from now on; undefined goes back to the page's own. */
export function speak(lang: Language | undefined): void {
  chosen = lang;
}

/** The language chosen, else the page's, else the browser's. */
export function language(): Language {
  if (chosen) return chosen;
  const page = typeof document === 'undefined' ? '' : document.documentElement.lang;
  const tag = page || (typeof navigator === 'undefined' ? '' : navigator.language);
  return tag.toLowerCase().startsWith('en') ? 'en' : 'zh-CN';
}
