// SPDX-License-Identifier: Apache-2.0
// Pages on one side, the native host on the other. State lives as long as the native port, which keeps this worker alive.
import { Host } from './host.js';
import { reachOpenTabs } from './install.js';
import { callerOf } from './origin.js';
import { Page } from './page.js';

const linger = 10_000;
const longestPause = 60_000;

const host = new Host();
/** @type {Set<Page>} */
const pages = new Set();
let closing;
let pause = 1000;

const subscribers = () => [...pages].filter((page) => page.subscribed);

chrome.runtime.onConnect.addListener((port) => {
  const page = new Page(port, callerOf(port), host);
  pages.add(page);
  clearTimeout(closing);
  port.onMessage.addListener((envelope) => page.receive(envelope));
  port.onDisconnect.addListener(() => {
    pages.delete(page);
    page.leave();
    if (pages.size === 0) closing = setTimeout(() => host.close(), linger);
  });
});

host.onEvent = (method, params) => {
  pause = 1000;
  for (const page of subscribers()) page.notify(method, params);
};

// Pages that wait for keys get their events back after a crash, ever more slowly if the host does not stay.
host.onLost = () => {
  if (subscribers().length === 0) return;
  setTimeout(() => subscribers().forEach((page) => page.subscribeAgain()), pause);
  pause = Math.min(pause * 2, longestPause);
};

chrome.runtime.onInstalled.addListener(reachOpenTabs);
