// SPDX-License-Identifier: Apache-2.0
// Takes one defence at a time out of a copy of the sources, builds what the test needs, and expects that test to fail; with all
// defences in place it has to pass. A defence that no test misses could go, or be lost, without anybody noticing.
// run.mjs COPY [WORD]: COPY a configured clone of its own, WORD picks the rows whose name has it; else a few, by seed, or all under --full.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defences } from './defences.mjs';

const [copy, word = ''] = process.argv.slice(2);
const build = join(copy, 'build/dev');
const longest = 300_000;

/** Ends whatever it started if it takes too long. */
function run(command, args) {
  const environment = { ...process.env, SEALFERRY_BROWSERS: 'chromium', SEALFERRY_BUILD: 'build/dev' };
  return spawnSync(command, args, { cwd: copy, env: environment, encoding: 'utf8', timeout: longest, maxBuffer: 1 << 28 });
}

const programs = ['sealferry', 'sealferry-host', 'sealferry-token', 'sealferry-document', 'sealferry_extension',
  'sealferry-demo-pki', 'sealferry-demo-key', 'sealferry-fakemodule', 'sealferry-fake-key'];

const targetsOf = ({ unit }) => (unit ? [`unit-${unit.replaceAll('_', '-')}`] : programs);

const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Which of the two runners; how often the test ran and failed, by what the runner says itself. */
function outcomeOf({ unit, host, browser, title }) {
  if (unit) {
    // Commas separate filters, and nothing escapes them there: a question mark stands for any letter.
    const { stdout } = run(join(build, 'unit', `unit-${unit.replaceAll('_', '-')}`), [`-tc=${title.replace(/[,\\]/g, '?')}`, '-nc']);
    const [, ran, , failed] = /test cases: +(\d+) \| +(\d+) passed \| +(\d+) failed/.exec(stdout ?? '') ?? [];
    return { ran: Number(ran ?? 1), failed: Number(failed ?? 1) }; // one that crashed prints no count
  }
  const file = host ? `tests/host/cases/${host}.test.mjs` : `tests/browser/cases/${browser}.test.mjs`;
  const { stdout } = run('node', ['--test', '--test-reporter=tap', `--test-name-pattern=${escaped(title)}`, file]);
  const count = (name) => Number(new RegExp(`^# ${name} (\\d+)`, 'm').exec(stdout)?.[1] ?? 0);
  return { ran: count('pass') + count('fail') + count('cancelled'), failed: count('fail') + count('cancelled') };
}

/** 'passed', 'failed', or why there is no answer. */
function judge(test) {
  const built = run('ninja', ['-C', build, ...targetsOf(test)]);
  if (built.status !== 0) return `does not build: ${built.stdout.split('\n').filter((line) => line.includes('error:'))[0] ?? built.stderr}`;
  const { ran, failed } = outcomeOf(test);
  if (ran === 0) return 'no such test';
  return failed === 0 ? 'passed' : 'failed';
}

function withoutIt({ file, from, to, test }) {
  const path = join(copy, file);
  const whole = readFileSync(path, 'utf8');
  if (whole.split(from).length !== 2) return 'the lines are not there, or more than once';
  try {
    writeFileSync(path, whole.replace(from, () => to));
    return judge(test);
  } finally {
    writeFileSync(path, whole);
  }
}

let passed = 0;
let failed = 0;
const say = (good, text) => {
  if (good) passed += 1;
  else failed += 1;
  console.log(`${good ? 'ok' : 'not ok'}: ${text}`);
};

/** A few that change from run to run, and the same ones for the same seed. */
function sample(rows, count) {
  const seed = process.env.SEALFERRY_SEED ?? '0';
  const place = ({ defence }) => createHash('sha256').update(seed + defence).digest('hex');
  return [...rows].sort((a, b) => place(a).localeCompare(place(b))).slice(0, count);
}

const whole = process.env.SEALFERRY_FULL || word;
const chosen = whole ? defences.filter(({ defence }) => defence.includes(word)) : sample(defences, 8);
console.log(`${chosen.length} of ${defences.length} defences`);
const key = (test) => JSON.stringify(test);
const tests = [...new Map(chosen.map(({ test }) => [key(test), test])).values()];
for (const test of tests) {
  const outcome = judge(test);
  say(outcome === 'passed', `with every defence, "${test.title}" passes${outcome === 'passed' ? '' : `: ${outcome}`}`);
}
for (const row of chosen) {
  const outcome = withoutIt(row);
  say(outcome === 'failed', `without "${row.defence}", "${row.test.title}" fails${outcome === 'failed' ? '' : `: ${outcome}`}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
