// SPDX-License-Identifier: Apache-2.0
// Our only code inside pages: does nothing until the page's library knocks with a port, then carries messages. The background
// trusts nothing of it but the click.
'use strict';
(() => {
  // Injected again?
  const alive = () => Boolean(globalThis.chrome?.runtime?.id);
  if (globalThis.sealferryAlive?.()) return;
  globalThis.sealferryAlive = alive;

  const most = 8;
  const document = String(Math.random()); // Firefox 140 has no documentId
  let channels = 0;
  // userActivation alone would be used up by a page that opens a window.
  let clicked = -Infinity;
  const click = ({ isTrusted }) => isTrusted && (clicked = performance.now());

  function join(page) {
    const background = chrome.runtime.connect({ name: document });
    channels += 1;
    click({ isTrusted: navigator.userActivation?.isActive });
    addEventListener('click', click, true);
    const close = () => {
      if (!page.onmessage) return;
      channels -= 1;
      page.onmessage = null;
      page.postMessage({ closed: true });
    };
    background.onMessage.addListener((message) => page.postMessage(message));
    background.onDisconnect.addListener(close);
    // Waiting in the back/forward cache is being gone, too.
    addEventListener('pagehide', () => {
      background.disconnect();
      close();
    }, { once: true });
    page.onmessage = ({ data }) => {
      try {
        background.postMessage({ message: data, gesture: performance.now() - clicked < 5000 });
      } catch {
        // Not JSON, so not from our library: nobody waits.
      }
    };
    page.postMessage({ ready: chrome.runtime.getManifest().version });
  }

  addEventListener(
    'message',
    (event) => {
      if (event.source !== window || event.origin !== self.origin) return;
      if (event.ports.length !== 1 || event.data !== 'sealferry:hello') return;
      if (!alive() || channels >= most) return;
      event.stopImmediatePropagation();
      join(event.ports[0]);
    },
    true,
  );
})();
