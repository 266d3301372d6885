// SPDX-License-Identifier: Apache-2.0
// The least that carries a message from a page to a native host and back: what our extension is measured against. The host is called
// when a page is there: where the extension is begun, its host may not be registered yet, and Firefox would keep the dead port.
chrome.runtime.onConnect.addListener((port) => {
  const host = chrome.runtime.connectNative('org.sealferry.echo');
  host.onMessage.addListener((message) => port.postMessage(message));
  port.onMessage.addListener((message) => host.postMessage(message));
  port.onDisconnect.addListener(() => host.disconnect());
});
