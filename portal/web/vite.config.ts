// SPDX-License-Identifier: Apache-2.0
import vue from '@vitejs/plugin-vue';
import { fileURLToPath, URL } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@sealferry/client': here('../../extension/client/src/index.ts') } },
  // pdf.js uses top-level await.
  build: { target: 'es2022', chunkSizeWarningLimit: 900 },
  server: { proxy: { '/api': process.env['SEALFERRY_PORTAL'] ?? 'http://127.0.0.1:8080' } },
});
