// SPDX-License-Identifier: Apache-2.0

/** A certificate's base64 without the lines around it: what the wire wants. Base64 alone is let through as it is. */
export function bareCertificate(text: string): string {
  const armoured = /-----BEGIN CERTIFICATE-----([\s\S]*?)-----END CERTIFICATE-----/.exec(text);
  return (armoured?.[1] ?? text).replace(/\s+/g, '');
}
