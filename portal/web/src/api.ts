// SPDX-License-Identifier: Apache-2.0
// The portal's own server, as docs/portal-api.md describes it. Money in fen (分), times RFC 3339, digests SHA-256 in
// lower-case hexadecimal, certificates PEM, everything else binary base64.
import { request } from './request';

/** What the portal is called, and where help is. */
export interface Portal {
  name: string;
  helpline: string;
  /** The control's packages that the portal has; `kind` is "deb" or "msi". None: the issuer of the key has them. */
  downloads: { name: string; kind: string; address: string }[];
  /** A demonstration: payment is played, and the operator approves by itself. */
  demonstration: boolean;
}

export interface User {
  account: string;
  name: string;
  subject: { kind: 'unit' | 'person'; name: string; creditCode: string };
}

export interface Address {
  id: string;
  recipient: string;
  phone: string;
  region: string;
  street: string;
}

/** What forms are filled with at first. */
export interface Profile {
  handler: Handler;
  invoice: Invoice;
  addresses: Address[];
}

/** 经办人 */
export interface Handler {
  name: string;
  phone: string;
}

export interface Invoice {
  title: string;
  taxNumber: string;
  delivery: 'electronic' | 'paper';
  email: string;
}

export interface Fee {
  items: { name: string; amount: number }[];
  total: number;
}

export type OrderKind = 'annualInspection' | 'unblock';

/**
 * 待支付 → 待审核 → 可办理 → 已完成; 已退回 by the operator, 已取消 by the applicant before paying. Orders for a new key have two
 * more states, 待处理 and 待发货, between payment and the end.
 */
export type OrderState =
  | 'pendingPayment'
  | 'pendingReview'
  | 'pendingProcessing'
  | 'pendingShipment'
  | 'ready'
  | 'done'
  | 'returned'
  | 'cancelled';

/** The key an order is for, as it was read before anything was paid. */
export interface BoundKey {
  serial: string;
  unit: string;
  certificate: { sha256: string; notAfter: string };
  seals: { id: string; name: string; sha256: string; notAfter: string }[];
}

export interface Order {
  number: string;
  kind: OrderKind;
  state: OrderState;
  /** Why it was returned, in the operator's words. */
  note: string | null;
  key: BoundKey;
  handler: Handler;
  /** None where there is nothing to pay. */
  invoice: Invoice | null;
  address: Address | null;
  fee: Fee;
  createdAt: string;
  paidAt: string | null;
  /** When the receipt was verified. */
  writtenAt: string | null;
  testStampedAt: string | null;
}

/** What is sent to open an order. The server parses the certificate itself: digest, validity and public key are taken from it. */
export interface NewOrder {
  kind: 'annualInspection';
  key: { serial: string; certificate: string; seals: { id: string; name: string; sha256: string; notAfter: string }[] };
  handler: Handler;
  invoice: Invoice;
  addressId: string | null;
}

/** 解锁 costs nothing and is reviewed at once; asking again while one is open answers that one. */
export interface NewUnblocking {
  kind: 'unblock';
  key: { serial: string; certificate: string };
}

/** A work order with what it allows to write. Issued anew with each request, as long as the order is `ready`. */
export interface Authorisation {
  /** The server's clock. */
  time: string;
  order: string;
  seals: string[];
  signCertificate: string | null;
  /** The new things in words and pictures, for the eye only: what is written is decided by the work order. */
  preview: {
    seals: {
      id: string;
      name: string;
      notBefore: string;
      notAfter: string;
      widthMm: number;
      heightMm: number;
      picture: { mediaType: string; data: string };
    }[];
    certificate: { subject: string; notBefore: string; notAfter: string } | null;
  };
}

export const portal = (): Promise<Portal> => request('GET', '/api/portal');
export const session = (): Promise<User> => request('GET', '/api/session');
export const login = (account: string, password: string): Promise<User> => request('POST', '/api/session', { account, password });
export const logout = (): Promise<void> => request('DELETE', '/api/session');
export const profile = (): Promise<Profile> => request('GET', '/api/profile');
export const fee = (kind: OrderKind): Promise<Fee> => request('GET', `/api/fees/${kind}`);

export const orders = async (): Promise<Order[]> => (await request<{ orders: Order[] }>('GET', '/api/orders')).orders;
export const order = (number: string): Promise<Order> => request('GET', path(number));
export const openOrder = (order: NewOrder | NewUnblocking): Promise<Order> => request('POST', '/api/orders', order);
export const pay = (number: string): Promise<Order> => request('POST', `${path(number)}/pay`, { method: 'demonstration' });
export const cancelOrder = (number: string): Promise<Order> => request('POST', `${path(number)}/cancel`, {});
export const authorisation = (number: string): Promise<Authorisation> => request('GET', `${path(number)}/authorisation`);
export const sendReceipt = (number: string, receipt: string): Promise<Order> =>
  request('POST', `${path(number)}/receipt`, { receipt });
export const reportTestStamp = (number: string, sha256: string[]): Promise<Order> =>
  request('POST', `${path(number)}/test-stamp`, { documents: sha256 });

const path = (number: string) => `/api/orders/${encodeURIComponent(number)}`;
