// SPDX-License-Identifier: Apache-2.0
// Who is asking, as the browser states it. `sender.url` and `location` are never used: in a sandboxed frame they still show
// the site's address although the frame is not that site.

/**
 * @typedef {object} Caller
 * @property {string} origin     origin of the document that asks
 * @property {string} topOrigin  origin of the page in the address bar
 * @property {string} document   the document's id, stable for its life
 */

/**
 * @param {chrome.runtime.Port} port  named by the bridge after its document: Firefox before 153 tells no documentId
 * @returns {Caller | null} null where there is no origin to hold responsible: opaque origins, no tab
 */
export function callerOf({ sender, name: document }) {
  const origin = canonical(sender.origin);
  const topOrigin = sender.frameId === 0 ? origin : canonical(sender.tab?.url);
  if (sender.id !== chrome.runtime.id || !sender.tab || !origin || !topOrigin) return null;
  return { origin, topOrigin, document };
}

/**
 * Encrypted, or this very machine. Others may only ask how things stand, until the host says its policy names them.
 * @param {string} origin
 */
export function isSecure(origin) {
  const { protocol, hostname } = new URL(origin);
  return protocol === 'https:' || hostname === 'localhost';
}

/** @param {string | undefined} text an origin or an address */
function canonical(text) {
  if (!text || !URL.canParse(text)) return null;
  const { protocol, origin } = new URL(text);
  return protocol === 'https:' || protocol === 'http:' ? origin : null;
}
