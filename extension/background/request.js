// SPDX-License-Identifier: Apache-2.0
// What a page may send: one plain JSON-RPC request, nothing beside it. The host checks the parameters.

const longest = 6 * 1024 * 1024;
const members = new Set(['jsonrpc', 'id', 'method', 'params']);

/** @param {unknown} id */
export const isId = (id) => Number.isSafeInteger(id) || (typeof id === 'string' && id.length <= 64);

/** @param {any} message */
export function isRequest(message) {
  return (
    isPlain(message) &&
    message.jsonrpc === '2.0' &&
    isId(message.id) &&
    typeof message.method === 'string' &&
    /^[a-zA-Z]{1,64}$/.test(message.method) &&
    (message.params === undefined || isPlain(message.params)) &&
    Object.keys(message).every((name) => members.has(name))
  );
}

/**
 * Counted, not written out: a part of a document would be copied once more for that.
 * @param {any} message a request that passed isRequest
 */
export function isTooLarge(message) {
  let size = 0;
  for (const open = [message]; open.length > 0 && size <= longest; ) {
    const value = open.pop();
    size += typeof value === 'string' ? value.length + 2 : 8;
    if (typeof value === 'object' && value !== null) for (const [name, member] of Object.entries(value)) open.push(name, member);
  }
  return size > longest;
}

/** @param {unknown} value */
const isPlain = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
