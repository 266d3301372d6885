// SPDX-License-Identifier: Apache-2.0
// The journey with the control's real windows: pinentry on a screen of its own, answered by keyboard. Pictures of every window.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { browsers, start } from '../../browser/support/browser.mjs';
import { pin } from '../../browser/support/demonstration.mjs';
import { realHost } from '../../browser/support/host.mjs';
import { Portal } from '../../browser/support/journey.mjs';
import { Api, holding, pictures, read, stage } from '../support/portal.mjs';
import { Screen } from '../support/screen.mjs';

/** Each browser with another pinentry, where there are two. */
const pinentry = { chromium: '/usr/bin/pinentry-gtk-2', firefox: existsSync('/usr/bin/pinentry-qt') ? '/usr/bin/pinentry-qt' : '/usr/bin/pinentry-gtk-2' };

/** Waits for the next window, keeps a picture of it, and answers. */
async function answer(screen, name, ...keys) {
  await screen.window();
  await screen.settled();
  screen.picture(name);
  for (const key of keys) /^\d+$/.test(key) ? screen.type(key) : screen.press(key);
}

for (const name of browsers) {
  test(`${name}: the journey with real windows`, { timeout: 180_000 }, async (t) => {
    const demo = await stage(t, undefined, { approveAfter: 0 });
    const folder = pictures(`windows-${name}`);
    const frames = join(demo.folder, 'frames');
    mkdirSync(frames);
    const screen = await Screen.start(t, frames, folder);
    const { prompt, ...development } = demo.policy.development;
    const policy = { ...demo.policy, helpline: '0477-8581234', pinPrompt: pinentry[name], development };
    const environment = { ...demo.key.environment, DISPLAY: screen.display, LC_ALL: 'zh_CN.UTF-8' };
    const browser = await start(t, name, { host: realHost(demo.folder, policy, environment) });
    const portal = await Portal.enter(browser, demo.origin);
    const before = holding(demo);

    // A hasty Return refuses: the button that lets nothing happen has the focus.
    await Promise.all([portal.trust(), answer(screen, 'trust', 'Tab', 'Return')]);
    const number = await (await Api.login(demo.origin)).inspection(read(demo));
    await portal.go(`/orders/${number}/inspection`);
    await portal.sees('写入新的证书与签章');

    await Promise.all([portal.click('去年检'), answer(screen, 'consent-refused', 'Escape')]);
    await portal.sees('已取消，锁内内容没有改变。');
    assert.deepEqual(holding(demo), before);

    await portal.click('继续办理');
    await answer(screen, 'consent', 'Tab', 'Return');
    await answer(screen, 'pin', '000000', 'Return');
    await answer(screen, 'pin-wrong', pin, 'Return');
    await portal.sees('写入签章成功');
    await portal.testStamp();
    assert.notDeepEqual(holding(demo), before);

    const log = readFileSync(join(demo.folder, 'host.log'), 'utf8');
    assert.ok(!log.includes(pin) && !log.includes('000000'), 'no PIN in the log');
  });
}
