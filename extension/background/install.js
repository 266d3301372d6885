// SPDX-License-Identifier: Apache-2.0
// Chromium puts content scripts into new documents only. A portal page that sent its user to install us is still open with
// a half-filled form: give it the bridge, so that "check again" works without a reload.

async function reach(tab) {
  try {
    await chrome.scripting.executeScript({ target: { tabId: tab.id, allFrames: true }, files: ['bridge.js'] });
  } catch {
    // The browser's own pages and its shop do not let anybody in.
  }
}

export async function reachOpenTabs() {
  const tabs = await chrome.tabs.query({ url: ['https://*/*', 'http://*/*'] });
  await Promise.all(tabs.map(reach));
}
