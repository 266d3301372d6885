// SPDX-License-Identifier: Apache-2.0
// An administrator's list in the browser's managed storage can only narrow what the host's own policy allows. Chromium
// delivers it some seconds after a forced first install, hence the listener; until then the host alone decides.

let sites = null;

/** @param {{trustedSites?: unknown}} values */
const take = ({ trustedSites }) => {
  sites = Array.isArray(trustedSites) ? new Set(trustedSites) : null;
};

const read = () => chrome.storage.managed.get('trustedSites').then(take, () => take({})); // Firefox rejects without a policy

const first = read();
chrome.storage.onChanged.addListener((_changes, area) => area === 'managed' && read());

/** @param {string} origin */
export async function isPermitted(origin) {
  await first;
  return sites === null || sites.has(origin);
}
