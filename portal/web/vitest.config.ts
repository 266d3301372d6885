// SPDX-License-Identifier: Apache-2.0
import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vite.config';

// The server by its number: a bare machine has no /etc/hosts, and vite asks the machine who localhost is. Tests only: pages that are
// worked on have to come from http://localhost, for that is the one origin without https that can be trusted.
export default mergeConfig(base, defineConfig({ server: { host: '127.0.0.1' }, test: { include: ['test/**/*.test.ts'] } }));
