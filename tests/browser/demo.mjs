// SPDX-License-Identifier: Apache-2.0
// What ./demo runs once everything is built: node demo.mjs HEADLESS BROWSER FOLDER
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [, , headless, name, out] = process.argv;
if (headless !== '1') process.env.SEALFERRY_HEADED = '1';
const { start, open } = await import('./support/browser.mjs');
const { demonstration, pin } = await import('./support/demonstration.mjs');
const { realHost } = await import('./support/host.mjs');
const { Portal } = await import('./support/journey.mjs');

const endings = [];
const t = { after: (ending) => endings.push(ending) };
const folder = mkdtempSync(join(tmpdir(), 'sealferry-demo-'));
t.after(() => rmSync(folder, { recursive: true, force: true }));
async function finish(status) {
  for (const ending of endings.reverse()) await ending();
  process.exit(status);
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => finish(1));
process.on('uncaughtException', (error) => {
  console.error(error.message);
  finish(1);
});

/** Keeps the receipt that the page hands to the portal. Looking at the browser's traffic would do, but Firefox tells no bodies. */
async function watchReceipt(page) {
  const watch = () => {
    const send = window.fetch;
    window.fetch = (path, request) => {
      if (String(path).endsWith('/receipt')) sessionStorage.setItem('receipt', JSON.parse(request.body).receipt);
      return send(path, request);
    };
  };
  await page.evaluateOnNewDocument(watch);
  await page.evaluate(watch);
}

/** What the receipt says; openssl checks its signature once more. */
function readReceipt(base64) {
  const file = join(folder, 'receipt.der');
  writeFileSync(file, Buffer.from(base64, 'base64'));
  const content = execFileSync('openssl', ['cms', '-verify', '-noverify', '-binary', '-inform', 'DER', '-in', file], { stdio: ['ignore', 'pipe', 'ignore'] });
  return { receipt: JSON.parse(content.toString('utf8')), message: base64 };
}

function verifyStamped(demo, file) {
  const signature = execFileSync('pdfsig', ['-nocert', file]).toString();
  return {
    ours: JSON.parse(demo.sealferry('verify', file, '--json')),
    pdfsig: { valid: signature.includes('Signature is Valid'), wholeDocument: signature.includes('Total document signed') },
  };
}

async function walk(demo, host) {
  const browser = await start(t, name, { host });
  demo.answer('accept', 'accept', `pin ${pin}`);
  const portal = await Portal.enter(browser, demo.origin, out);
  await watchReceipt(portal.page);
  const steps = [];
  const step = async (what, run) => {
    const result = await run();
    steps.push({ step: what, passed: true });
    console.log(`✓ ${what}`);
    return result;
  };
  await step('信任本网站 trust the site', () => portal.trust());
  await step('读取锁 read the key', () => portal.readKey());
  const number = await step('下单、支付、审核 order, payment, approval', () => portal.orderInspection());
  await step('签章年检 annual inspection, receipt verified by the portal', () => portal.inspect());
  await step('测试盖章 test stamp', () => portal.testStamp());
  const stamped = join(out, 'stamped.pdf');
  writeFileSync(stamped, await portal.savedDocument());
  const verified = verifyStamped(demo, stamped);
  const passed = verified.ours.verdict === 'valid' && verified.pdfsig.valid && verified.pdfsig.wholeDocument;
  steps.push({ step: 'independent verification', passed });
  console.log(`${passed ? '✓' : '✗'} 独立验证 verified by pdfsig and by sealferry verify`);
  const pins = demo.questions().filter((question) => question.startsWith('pin:')).length;
  steps.push({ step: 'one PIN for the whole order', passed: pins === 1 });
  console.log(`${pins === 1 ? '✓' : '✗'} 一个订单只输一次密码 PINs asked: ${pins}`);
  writeFileSync(join(out, 'receipt.json'), `${JSON.stringify(readReceipt(await portal.page.evaluate(() => sessionStorage.getItem('receipt'))), null, 2)}\n`);
  writeFileSync(join(out, 'journey.json'), `${JSON.stringify({ browser: name, order: number, steps, verified, windows: demo.questions() }, null, 2)}\n`);
  return steps.every((one) => one.passed);
}

async function show(demo, host) {
  const browser = await start(t, name, { host });
  const closed = new Promise((resolve) => browser.once('disconnected', resolve));
  await open(browser, demo.origin);
  console.log(`
  ${demo.origin}

  1. 登录：账号 demo，密码 demo                 Sign in: demo / demo
  2. 签章年检 → 加入可信任站点 → 允许           Annual inspection → trust the site → allow
  3. 去年检 → 下一步 → 确认提交 → 前往付款      Follow the order to its payment
  4. 前往年检操作 → 去年检；锁的密码 ${pin}     Inspect; the key's PIN is ${pin}
  5. 测试盖章                                   Test stamp

  关闭浏览器窗口即结束。 Close the browser window to end.
`);
  await closed;
}

try {
  const demo = await demonstration(t, folder);
  if (headless === '1') {
    const passed = await walk(demo, realHost(folder, demo.policy, demo.key.environment));
    console.log(`\n${out}`);
    await finish(passed ? 0 : 1);
  } else {
    const { prompt, ...development } = demo.policy.development;  // real windows, typed into by a person
    await show(demo, realHost(folder, { ...demo.policy, development }, demo.key.environment));
    await finish(0);
  }
} catch (error) {
  console.error(error.message);
  await finish(1);
}
