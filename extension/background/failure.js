// SPDX-License-Identifier: Apache-2.0
import { errors } from './errors.js';

/**
 * The `error` member of an answer that the extension gives by itself, in the host's shape.
 * @param {keyof typeof errors} name
 * @param {Record<string, string>} [detail]
 */
export function failure(name, detail) {
  const { code, retry } = errors[name];
  return { code, message: name, data: { name, retry, ...(detail && { detail }) } };
}

// What the browsers say when a native host cannot be reached or goes away. Firefox says nothing at all after a crash, and
// has one text for "missing" and "forbidden".
const texts = [
  [/forbidden/i, 'host_missing', 'forbidden'],
  [/disabled by the system administrator/i, 'host_missing', 'blocked'],
  [/not found|No such native application/i, 'host_missing', 'notFound'],
  [/Error when communicating|tried to send a message of/i, 'host_stopped', 'garbled'],
  [/unexpected error/i, 'host_stopped', 'notStartable'],
];

/**
 * @param {string | undefined} text  the browser's own words, if any
 * @param {boolean} answered         had the host answered anything on this port?
 */
export function hostFailure(text, answered) {
  const [, name, reason] = texts.find(([pattern]) => pattern.test(text ?? '')) ?? [null, 'host_stopped', 'exited'];
  // Firefox's "unexpected error" before the first answer: the program named by the manifest is not there or will not start.
  if (reason === 'notStartable') return answered ? failure('host_stopped', { reason: 'garbled' }) : failure('host_missing', { reason });
  return failure(name, { reason });
}
