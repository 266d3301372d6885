// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { bareCertificate } from '../src/pem';

test('PEM and bare base64 of a certificate become the same text', () => {
  expect(bareCertificate('-----BEGIN CERTIFICATE-----\nMIIB\r\nAAAA\n-----END CERTIFICATE-----\n')).toBe('MIIBAAAA');
  expect(bareCertificate('MIIBAAAA')).toBe('MIIBAAAA');
  expect(bareCertificate('MIIB\nAAAA\n')).toBe('MIIBAAAA');
});
