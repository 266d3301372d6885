// SPDX-License-Identifier: Apache-2.0
// The portal's words for what the control and the server say.
import type { Advice, Certificate, Key, LayerName, News, Seal, Site, StepName } from '@sealferry/client';
import type { OrderKind, OrderState } from './api';

const day = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', year: 'numeric', month: 'long', day: 'numeric' });
const minute = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hour12: false,
});

/** 2027年11月22日 */
export const date = (time: string) => day.format(new Date(time));
/** 2026/11/22 17:05 */
export const dateTime = (time: string) => minute.format(new Date(time));
/** ¥ 120.00 */
export const money = (fen: number) => `¥ ${(fen / 100).toFixed(2)}`;
/** The last four characters of a serial number, which people compare with the print on the key. */
export const tail = (serial: string) => serial.slice(-4);

export const kinds: Record<OrderKind, string> = { annualInspection: '签章年检', unblock: '解锁' };

export const states: Record<OrderState, { text: string; tone: 'warning' | 'primary' | 'success' | 'info' | 'danger' }> = {
  pendingPayment: { text: '待支付', tone: 'warning' },
  pendingReview: { text: '待审核', tone: 'primary' },
  pendingProcessing: { text: '待处理', tone: 'primary' },
  pendingShipment: { text: '待发货', tone: 'primary' },
  ready: { text: '可办理', tone: 'warning' },
  done: { text: '已完成', tone: 'success' },
  returned: { text: '已退回', tone: 'danger' },
  cancelled: { text: '已取消', tone: 'info' },
};

export const layers: Record<LayerName, { name: string; works: string }> = {
  extension: { name: '浏览器扩展', works: '已安装' },
  host: { name: '安全控件', works: '已安装，运行正常' },
  policy: { name: '本机策略', works: '正常' },
  site: { name: '可信任站点', works: '本网站已加入' },
  driver: { name: '锁驱动', works: '正常' },
  key: { name: 'USB-KEY 锁', works: '已插入' },
  certificate: { name: '数字证书', works: '有效' },
  seal: { name: '电子签章', works: '有效，与证书相符' },
  clock: { name: '本机时间', works: '准确' },
};

/** What is wrong with a layer, and what to do. */
export function trouble(error: { message: string; advice: string }, layer: LayerName, site?: Site): string {
  if (layer === 'site' && site && !site.mayAsk && site.rights.length === 0)
    return '本网站尚未加入可信任站点，控件也不会再问：您已三次选择“不允许”，或管理员没有开放。如需办理，请联系客服。';
  return `${error.message}${error.advice}`;
}

const reasons: Record<Advice['reason'], string> = {
  current: '证书与签章均在有效期内，可以正常使用。',
  sealExpired: '签章已过有效期，请办理签章年检。',
  sealExpiresSoon: '签章即将到期，请办理签章年检。',
  sealCertificateMismatch: '证书已更新，但锁内签章对应的还是旧证书，暂不能盖章。请办理签章年检。',
  certificateExpired: '证书已过有效期，请办理签章年检。',
  certificateExpiresSoon: '证书即将到期，请办理签章年检。',
  noSeal: '锁内没有签章，请联系 CA 写入签章。',
  noCertificate: '锁内没有可用的证书，请联系 CA 办理证书。',
  sealUnreadable: '锁内签章无法读取，请联系 CA 补办。',
  sealUntrusted: '锁内签章的制作机构或时间戳不受信任，请联系 CA 补办。',
  sealMakerExpired: '锁内签章的制作证书已过有效期，请办理签章年检。',
  unreadable: '读不到锁内的签章，无法判断是否需要年检。请拔下重插；仍不行请联系 CA。',
};
export const advice = ({ action, reason }: Advice) =>
  action === 'change' ? '单位名称已变更，锁内签章还是原名称，暂不能盖章。请办理签章变更。' : (reasons[reason] ?? '请联系客服。');

/** What one seal is due for, in two or three characters; nothing when it is in order. */
export const due = ({ action }: Advice): string | undefined =>
  ({ ok: undefined, annualInspection: '需年检', change: '需变更', reissue: '需补办' })[action];

export const certificateUse = ({ use }: Certificate) => (use === 'signing' ? '签名证书' : '加密证书');

const standards: Record<number, string> = { 1: 'GM/T 0031-2014', 4: 'GB/T 38540-2020', 5: 'GM/T 0031-2025' };
export const standard = ({ version }: Seal) => standards[version] ?? '未知';

const firstTypes: Record<number, string> = { 1: '单位签章', 2: '个人签章' };

/** Only the first layout says what the number means; in the later ones it is the maker's own. A vendor's file may be no more than a picture. */
export function sealType({ version, type }: Seal): string {
  if (type === 'picture') return '仅有图片';
  return (version === 1 && firstTypes[type]) || `类型 ${type}`;
}

const checks: Record<string, string> = {
  format: '格式不符合标准', picture: '图样有误', sealSignature: '已被改动', makerCert: '制作机构不受信任', sealValidity: '不在有效期内', timestamp: '时间戳有误',
};
/** What the check of a seal found, in a sentence. */
export function verdict({ verdict: { verdict: word, failedStep } }: Seal): string {
  if (word === 'unreadable') return '无法读取';
  if (word === 'invalid') return `不通过：${checks[failedStep ?? ''] ?? '内容有误'}`;
  return word === 'valid-with-note' ? '通过（有提示）' : '通过';
}

export function sealState(seal: Seal): { text: string; tone: 'success' | 'warning' | 'danger' } {
  if (seal.type === 'picture') return { text: '仅有图片', tone: 'warning' };
  if (seal.verdict.verdict === 'invalid' || seal.verdict.verdict === 'unreadable') return { text: '无效', tone: 'danger' };
  if (seal.daysLeft < 0) return { text: '已过期', tone: 'danger' };
  if (!seal.certificateMatches) return { text: '与证书不符', tone: 'danger' };
  return seal.daysLeft <= 60 ? { text: `还有 ${seal.daysLeft} 天到期`, tone: 'warning' } : { text: '有效', tone: 'success' };
}

export function pin({ pin: { state, triesLeft, unblockable } }: Key): string {
  const left = triesLeft === undefined ? '' : `，还可输错 ${triesLeft} 次`;
  return { ok: `正常${left}`, countLow: `有过输错${left}`, lastTry: '只剩最后一次，再输错锁将被锁死', locked: unblockable ? '已锁死，可在线申请解锁' : '已锁死，须到 CA 办理解锁', mustChange: '须先修改密码' }[state];
}

export const steps: Record<StepName, string> = {
  order: '核对授权单',
  confirm: '确认内容',
  pin: '输入密码',
  write: '写入锁内',
  verify: '读回核对',
  receipt: '生成回执',
  stamp: '加盖签章',
};

export const windows: Record<Extract<News, { kind: 'prompt' }>['what'], string> = {
  trust: '请在弹出窗口中核对网址，再点“允许”。',
  confirm: '请在弹出窗口中核对内容，再点“继续”。',
  pin: '请在弹出窗口中输入锁的密码（PIN 码）。',
  puk: '请在弹出窗口中输入解锁码（PUK 码或管理员密码）。不要在网页中输入。',
  choose: '请在弹出窗口中选择要使用的锁。',
  closed: '',
};
