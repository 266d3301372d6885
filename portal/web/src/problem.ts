// SPDX-License-Identifier: Apache-2.0
import { SealFerryError } from '@sealferry/client';
import { PortalError } from './request';
import { dateTime } from './words';

/** What went wrong, ready to be shown: always a sentence, an advice, and what the help desk asks for. */
export interface Problem {
  /** Stable name: the control's or the server's. */
  name: string;
  message: string;
  advice: string;
  /** SF-nnn; errors of the server have none. */
  code?: string;
  logReference?: string;
  /** Is there sense in going on once the advice was followed? */
  resumable: boolean;
}

/** Only a new order, the CA or an administrator helps: a button "继续办理" would be a lie. */
const final = new Set([
  'pin_locked', 'puk_locked', 'unblock_unavailable', 'no_room', 'read_only', 'mechanism_missing', 'layout_unknown', 'order_invalid', 'order_untrusted', 'order_mismatch',
  'seal_invalid', 'seal_untrusted', 'seal_unfit', 'certificate_invalid', 'not_available_yet', 'unknown_method', 'right_missing', 'insecure_context',
]);

export function toProblem(error: unknown): Problem {
  if (error instanceof SealFerryError) return fromControl(error);
  if (error instanceof PortalError) return { name: error.name, message: error.message, advice: error.advice, resumable: true };
  console.error(error);
  return { name: 'page', message: '页面内部出错。', advice: '请刷新页面后重试；仍不行请联系客服。', resumable: true };
}

/** Both clocks: which one is wrong is for the person to see. */
function clocks(name: string, detail: SealFerryError['detail']): string {
  if (name !== 'clock_wrong' || !detail?.['here'] || !detail['there']) return '';
  return `（本机：${dateTime(detail['here'])}；办理系统：${dateTime(detail['there'])}）`;
}

function fromControl({ name, message, advice, code, detail, logReference }: SealFerryError): Problem {
  return { name, message, advice: advice + clocks(name, detail), code, ...(logReference && { logReference }), resumable: !final.has(name) };
}
