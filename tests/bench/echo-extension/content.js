// SPDX-License-Identifier: Apache-2.0
const port = chrome.runtime.connect();
port.onMessage.addListener((message) => window.postMessage({ echoed: message }, location.origin));
window.addEventListener('message', ({ data }) => data.echo && port.postMessage(data.echo));
