// SPDX-License-Identifier: Apache-2.0
// Others that sign PDFs, from Debian's packages (.ci/packages-bench.txt), each with a software key of its own.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './figures.mjs';
import { have } from './programs.mjs';

const jars = ['pdfbox2', 'fontbox2', 'commons-logging'].map((name) => `/usr/share/java/${name}.jar`);

function makeKey(folder) {
  const at = (name) => join(folder, name);
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=bench', '-keyout', at('key.pem'), '-out', at('certificate.pem')], { stdio: 'ignore' });
  execFileSync('openssl', ['pkcs12', '-export', '-inkey', at('key.pem'), '-in', at('certificate.pem'), '-passout', 'pass:bench', '-out', at('key.p12')]);
}

/**
 * Programs by name, each signing `file` into `out`. mutool fills a field that is there, so it is given `withField`, the same with one.
 * @param {{folder: string, file: string, withField: {path: string, field: number}, out: string}} documents
 */
export function signers({ folder, file, withField, out }) {
  makeKey(folder);
  const found = {};
  if (have('mutool'))
    found.mutool = ['mutool', ['sign', '-s', join(folder, 'key.p12'), '-P', 'bench', '-o', out, withField.path, String(withField.field)]];
  if (have('podofosign'))
    found.podofosign = ['podofosign', ['-in', file, '-out', out, '-cert', join(folder, 'certificate.pem'), '-pkey', join(folder, 'key.pem'), '-digest', 'SHA256']];
  if (have('javac')) {
    execFileSync('javac', ['-cp', jars.join(':'), '-d', folder, join(root, 'tests/bench/PdfBoxSign.java')]);
    found.PDFBox = ['java', ['-cp', [...jars, folder].join(':'), 'PdfBoxSign', file, out]];
  }
  return found;
}
