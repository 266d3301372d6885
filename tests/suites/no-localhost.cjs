// SPDX-License-Identifier: Apache-2.0
// A bare machine has no /etc/hosts, and nobody but browsers knows localhost there. No suite does either: what leans on that name
// fails on every machine, not on a bare one alone.
'use strict';
const dns = require('node:dns');
const { syncBuiltinESMExports } = require('node:module');

const unknown = (name) => Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { errno: -3008, code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: name });
const { lookup } = dns;
const { lookup: promised } = dns.promises;

dns.lookup = (name, ...rest) => (name === 'localhost' ? process.nextTick(rest.at(-1), unknown(name)) : lookup(name, ...rest));
dns.promises.lookup = async (name, ...rest) => {
  if (name === 'localhost') throw unknown(name);
  return promised(name, ...rest);
};
syncBuiltinESMExports();
