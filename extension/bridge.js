// SPDX-License-Identifier: Apache-2.0
// The only code of ours inside a page. It does nothing until the page's library knocks with a MessagePort, and then only
// carries messages: nothing here is trusted by the background, which takes the origin from the browser.
'use strict';
(() => {
  // Injected twice (declared, and again into tabs open at install time): the living one stays.
  const alive = () => Boolean(globalThis.chrome?.runtime?.id);
  if (globalThis.sealferryAlive?.()) return;
  globalThis.sealferryAlive = alive;

  const most = 8;
  let channels = 0;

  function join(page) {
    const background = chrome.runtime.connect({ name: 'page' });
    channels += 1;
    const close = () => {
      if (!page.onmessage) return;
      channels -= 1;
      page.onmessage = null;
      page.postMessage({ closed: true });
    };
    background.onMessage.addListener((message) => page.postMessage(message));
    background.onDisconnect.addListener(close);
    // A page that waits in the back/forward cache is gone as far as open windows are concerned.
    addEventListener('pagehide', () => {
      background.disconnect();
      close();
    }, { once: true });
    page.onmessage = ({ data }) => {
      try {
        background.postMessage({ message: data, gesture: navigator.userActivation?.isActive === true });
      } catch {
        // Not JSON: no library of ours sends that, so nobody waits for an answer.
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
