// SPDX-License-Identifier: Apache-2.0
// What a broken or hostile native host can do to the extension. Only for failures of the transport: everything else is
// tested with the real host.
const way = process.argv[2];

function frame(body) {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([length, body]);
}

const ways = {
  exit: () => process.exit(3),
  silence: () => {},
  garbage: () => process.stdout.write('hello, this is no frame at all\n'),
  oversize: () => process.stdout.write(frame(Buffer.from(JSON.stringify('x'.repeat(1024 * 1024 + 1))))),
  brokenJson: () => process.stdout.write(frame(Buffer.from('{"jsonrpc":"2.0","id":1,'))),
};

process.stdin.on('data', () => ways[way]());
process.stdin.on('end', () => process.exit(0));
