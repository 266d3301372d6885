// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // By its number: a bare machine has no /etc/hosts, and vite asks the machine who localhost is.
  server: { host: '127.0.0.1' },
  test: { testTimeout: 60_000 },
});
