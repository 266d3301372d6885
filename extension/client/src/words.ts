// SPDX-License-Identifier: Apache-2.0
// What is said of an error where more is known than its name: how many tries are left, what a work order does not fit.
import { errors, type ErrorName } from './errors.js';
import type { Language } from './language.js';

type Sentences = readonly [what: string, advice: string];

interface Known {
  readonly triesLeft?: number;
  readonly detail?: Readonly<Record<string, string>>;
}

/** What happened and what to do. */
export function words(name: ErrorName, { triesLeft, detail }: Known, lang: Language): Sentences {
  if (name === 'pin_incorrect' && triesLeft !== undefined) return tries(triesLeft, lang);
  if (name === 'pin_incorrect' && detail?.['last'] === 'true') return tries(1, lang);
  const special = name === 'order_mismatch' ? mismatches.find(({ fields }) => fields.test(detail?.['field'] ?? '')) : undefined;
  return special?.[lang] ?? errors[name][lang];
}

function tries(left: number, lang: Language): Sentences {
  if (lang === 'en')
    return left > 1
      ? [`The PIN is not correct; ${left} tries are left.`, 'Check it and try again; the key locks itself when no tries are left.']
      : ['The PIN is not correct; one try is left.', 'One more wrong PIN locks the key. If you are not sure, call the help desk first.'];
  return left > 1
    ? [`密码不正确，还可再试${left}次。`, '请核对后重试；次数用完后锁会被锁死。']
    : ['密码不正确，只剩最后一次。', '再输错，锁将被锁死，须到 CA 办理解锁。没有把握请先联系客服。'];
}

const mismatches: { fields: RegExp; 'zh-CN': Sentences; en: Sentences }[] = [
  {
    fields: /^origin$/,
    'zh-CN': ['授权单不是为本网站签发的，没有写入。', '请核对网址，并联系客服。'],
    en: ['The work order was made for another site; nothing was written.', 'Check the address and call the help desk.'],
  },
  {
    fields: /^key\.serial$/,
    'zh-CN': ['授权单不是为这把锁签发的，没有写入。', '请插入订单上的那把锁，再刷新页面。'],
    en: ['The work order was made for another key; nothing was written.', 'Plug in the key named in the order, then reload the page.'],
  },
  {
    fields: /^(key\.certificateSha256|replaces)$/,
    'zh-CN': ['授权单与锁内现有的证书或签章不符，可能是已用过的旧授权单，没有写入。', '请回到“我的订单”核对；如锁内容有误，请联系客服。'],
    en: ['The work order does not fit what the key holds now; it may be an old one. Nothing was written.', 'Check your orders; if the key holds something wrong, call the help desk.'],
  },
  {
    fields: /^write\./,
    'zh-CN': ['要写入的内容与授权单不符，没有写入。', '请回到订单页面重新办理；仍不行请联系客服。'],
    en: ['What was to be written is not what the work order says; nothing was written.', 'Go back to the order and start again; if it stays so, call the help desk.'],
  },
];
