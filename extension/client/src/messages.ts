// SPDX-License-Identifier: Apache-2.0
// What travels between page and bridge: JSON-RPC 2.0, and two words of the bridge's own.
import type { WireError } from './error.js';

export interface Request {
  jsonrpc: '2.0';
  id: number;
  method: string;
  params: object;
}

export interface Reply {
  id: number;
  result?: unknown;
  error?: WireError;
}

export interface Notification {
  method: string;
  params: { id?: number; [name: string]: unknown };
}

export interface Ready {
  ready: string;
}

export interface Closed {
  closed: true;
}

export type Incoming = Reply | Notification | Ready | Closed;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

export const isReady = (value: unknown): value is Ready => isObject(value) && typeof value['ready'] === 'string';
export const isClosed = (value: unknown): value is Closed => isObject(value) && value['closed'] === true;
export const isReply = (value: unknown): value is Reply => isObject(value) && typeof value['id'] === 'number' && !('method' in value);
export const isNotification = (value: unknown): value is Notification =>
  isObject(value) && typeof value['method'] === 'string' && isObject(value['params']);
