// SPDX-License-Identifier: Apache-2.0
// One table of errors for C++, extension and page library: reads error.def, writes the other two. With --check it only
// says whether they are up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const source = here('../../token/base/include/base/error.def');
const findingSource = here('../../host/document/include/document/report.def');
const note = '// SPDX-License-Identifier: Apache-2.0\n// Generated from token/base/include/base/error.def by generate-errors.mjs. Do not edit.\n';

const text = '"((?:[^"\\\\]|\\\\.)*)"';
const row = new RegExp(`^SEALFERRY_ERROR\\((\\d+), (\\w+), (true|false), ${text}, ${text}, ${text}, ${text}\\)$`);

function parse(line) {
  const match = row.exec(line);
  if (!match) throw new Error(`error.def: cannot read: ${line}`);
  const [, code, name, retry, zh, zhAdvice, en, enAdvice] = match;
  return { code: Number(code), name, retry: retry === 'true', zh: [zh, zhAdvice], en: [en, enAdvice] };
}

export function table() {
  const lines = readFileSync(source, 'utf8').split('\n');
  return lines.filter((line) => line.startsWith('SEALFERRY_ERROR(')).map(parse);
}

const quote = (words) => JSON.stringify(words);
const pair = (texts) => `[${texts.map(quote).join(', ')}]`;

function forClient(rows) {
  const entries = rows.map(
    (e) => `  ${e.name}: { code: ${e.code}, retry: ${e.retry}, 'zh-CN': ${pair(e.zh)}, en: ${pair(e.en)} },\n`,
  );
  return `${note}
/** What went wrong: \`[what happened, what to do]\` in each language. The names are a contract: append only. */
export const errors = {
${entries.join('')}} as const;

/** The stable name of an error. */
export type ErrorName = keyof typeof errors;
`;
}

function forExtension(rows) {
  const entries = rows.map((e) => `  ${e.name}: { code: ${e.code}, retry: ${e.retry} },\n`);
  return `${note}export const errors = {\n${entries.join('')}};\n`;
}

const findingRow = new RegExp(`^SEALFERRY_FINDING\\((\\w+), ${text}, ${text}\\)$`);

function findings() {
  const lines = readFileSync(findingSource, 'utf8').split('\n').filter((line) => line.startsWith('SEALFERRY_FINDING('));
  const entries = lines.map((line) => {
    const match = findingRow.exec(line);
    if (!match) throw new Error(`report.def: cannot read: ${line}`);
    return `  ${match[1]}: { 'zh-CN': ${quote(match[2])}, en: ${quote(match[3])} },\n`;
  });
  return `${note.replace('token/base/include/base/error.def', 'host/document/include/document/report.def')}
/** What the reasons, notes and changes in a document's report mean. The names are a contract: append only. */
export const findings: Readonly<Record<string, { 'zh-CN': string; en: string }>> = {
${entries.join('')}};
`;
}

const outputs = (rows) => [
  [here('src/findings.ts'), findings()],
  [here('src/errors.ts'), forClient(rows)],
  [here('../background/errors.js'), forExtension(rows)],
];

/** The outputs that do not match error.def. */
export const stale = () => outputs(table()).filter(([path, wanted]) => read(path) !== wanted).map(([path]) => path);

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function main() {
  if (!process.argv.includes('--check')) return outputs(table()).forEach(([path, content]) => writeFileSync(path, content));
  const paths = stale();
  for (const path of paths) console.error(`${path} is not up to date: run npm run generate`);
  process.exitCode = paths.length > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
