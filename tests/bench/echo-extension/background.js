// SPDX-License-Identifier: Apache-2.0
// The least that carries a message from a page to a native host and back: what our extension is measured against.
const host = chrome.runtime.connectNative('org.sealferry.echo');
chrome.runtime.onConnect.addListener((port) => {
  host.onMessage.addListener((message) => port.postMessage(message));
  port.onMessage.addListener((message) => host.postMessage(message));
});
