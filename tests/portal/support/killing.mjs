// SPDX-License-Identifier: Apache-2.0
// One long-lived portal and key on which writing is killed again and again, at calls that the worker's own call log names.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../../browser/support/host.mjs';
import { Host } from '../../host/support/host.mjs';
import { derOf, sha256 } from './forge.mjs';
import { Api, holding, read, stage, until } from './portal.mjs';

const rightPin = 'pin 123456';

/** Everything a key shows that an inspection changes, or must not. */
const shown = ({ signing, encryption, seals }) => JSON.stringify([signing, encryption, seals]);

export class Bench {
  static async open(t) {
    const bench = new Bench();
    bench.t = t;
    bench.demo = await stage(t, undefined, { approveAfter: 0 });
    bench.api = await Api.login(bench.demo.origin);
    bench.goOn = join(bench.demo.folder, 'go-on');
    bench.log = join(bench.demo.folder, 'calls');
    return bench;
  }

  policy(workerArguments = []) {
    const { demo } = this;
    return { ...demo.policy, trustedSites: [demo.origin], development: { ...demo.policy.development, workerArguments } };
  }

  host(workerArguments) {
    const file = join(this.demo.folder, 'bench-policy.json');
    writeFileSync(file, JSON.stringify(this.policy(workerArguments)));
    return new Host(this.t, ['--config', file], this.demo.key.environment);
  }

  /** The next order: what the key holds before it, and what it is to hold after. */
  async order() {
    this.number = await this.api.inspection(read(this.demo));
    const { seals, signCertificate } = await this.api.authorisation(this.number);
    this.before = holding(this.demo);
    this.after = {
      ...this.before, signing: [{ sha256: sha256(derOf(signCertificate)), hasPrivateKey: true }],
      seals: seals.map((seal, i) => ({ id: this.before.seals[i].id, sha256: sha256(Buffer.from(seal, 'base64')) })),
    };
  }

  /** Old, new, or something that must not be. */
  state() {
    const now = holding(this.demo);
    if (shown(now) === shown(this.after)) return 'new';
    assert.equal(shown(now), shown(this.before), 'neither the old set nor the new one');
    assert.ok(now.pending === null || now.pending.order === this.number);
    return 'old';
  }

  /** Consent is asked for as long as something is still to be done on the key. */
  answer() {
    const isWritten = this.state() === 'new' && holding(this.demo).pending === null;
    this.demo.answer(...(isWritten ? [rightPin] : ['accept', rightPin]));
  }

  /** Asks a host to carry the order out, fetched from the portal anew. */
  async inspect(host) {
    const { order, seals, signCertificate } = await this.api.authorisation(this.number);
    this.answer();
    const { origin } = this.demo;
    return host.ask('annualInspection', { order, seals, signCertificate: derOf(signCertificate).toString('base64') }, { origin, topOrigin: origin });
  }

  /** The same order, reissued by the portal, comes to its end: the receipt closes it. */
  async finish() {
    const host = this.host();
    const { result, error } = await this.inspect(host);
    assert.equal(error, undefined);
    await this.api.sendReceipt(this.number, result.receipt);
    await host.close();
    await this.isFinished();
  }

  async isFinished() {
    assert.equal(this.state(), 'new');
    assert.equal(holding(this.demo).pending, null);
    assert.equal((await this.api.order(this.number)).state, 'done');
  }

  /** The calls of one inspection that can change the key, in their order. */
  async calls() {
    await this.order();
    const host = this.host(['--call-log', this.log]);
    const { result } = await this.inspect(host);
    await this.api.sendReceipt(this.number, result.receipt);
    await host.close();
    return readFileSync(this.log, 'utf8').trim().split('\n').map((line) => Number(line.split(' ')[0]));
  }

  /** Arguments of a worker that stops before this call until it is told to go on. */
  pauseAt(call) {
    for (const file of [this.goOn, `${this.goOn}.paused`]) rmSync(file, { force: true });
    return ['--pause-at', String(call), this.goOn];
  }

  paused() {
    const file = `${this.goOn}.paused`;
    return until('the worker at its call', () => existsSync(file) && Number(readFileSync(file, 'utf8')));
  }

  /**
   * The worker is alone now: it goes on, ends what it began or takes it back, and leaves within ten seconds. One whose driver
   * hangs leaves by then as well, with what it began in the journal.
   */
  async goesOnAlone(worker, hangs = false) {
    if (!hangs) writeFileSync(this.goOn, '');
    await until('the end of the worker', () => !isAlive(worker), hangs ? 12_000 : 10_000);
  }

  async killWorker(option, call) {
    await this.order();
    const host = this.host([option, String(call)]);
    const { error } = await this.inspect(host);
    assert.equal(error?.data.name, 'module_crashed');
    await host.close();
  }

  async killHost(call, hangs) {
    await this.order();
    const host = this.host(this.pauseAt(call));
    this.inspect(host).catch(() => {}); // nobody will answer
    const worker = await this.paused();
    host.process.kill('SIGKILL');
    await until('the end of the host', () => !isAlive(host.process.pid));
    await this.goesOnAlone(worker, hangs);
  }
}
