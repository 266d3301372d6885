// SPDX-License-Identifier: Apache-2.0
// A small web site: a page that has the library at hand as `window.sealferry`, and whatever else a test wants to serve.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { join, normalize } from 'node:path';
import { root, scratch } from './folders.mjs';

const library = join(root, 'extension', 'client', 'dist');

/** A page with the library; `body` goes in as it is. */
export const page = (body = '') => `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>site</title>
<script type="module">
import * as sealferry from '/client/index.js';
window.sealferry = sealferry;
</script><body>${body}</body></html>`;

function answer(pages, request, response) {
  const { pathname } = new URL(request.url, 'http://site');
  if (pathname.startsWith('/client/')) return send(response, 'text/javascript', readFileSync(join(library, normalize(pathname.slice(7)))));
  const content = pages[pathname];
  if (content === undefined) return response.writeHead(404).end();
  send(response, 'text/html; charset=utf-8', typeof content === 'function' ? content() : content);
}

function send(response, type, content) {
  response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*' });
  response.end(content);
}

function selfSigned(folder) {
  const key = join(folder, 'key.pem');
  const cert = join(folder, 'cert.pem');
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2', ...subject], { stdio: 'ignore' });
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

/**
 * @param {{after(f: () => unknown): void}} t
 * @param {Record<string, string | (() => string)>} [pages]  path → content; "/" has the library unless it is named here
 * @param {{secure?: boolean}} [options]
 * @returns {Promise<{origin: string, port: number}>}
 */
export async function serve(t, pages = {}, { secure = false } = {}) {
  const handler = (request, response) => answer({ '/': page(), ...pages }, request, response);
  const server = secure ? https.createServer(selfSigned(scratch()), handler) : http.createServer(handler);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address();
  return { port, origin: `${secure ? 'https' : 'http'}://localhost:${port}` };
}
