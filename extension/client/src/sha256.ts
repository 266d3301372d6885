// SPDX-License-Identifier: Apache-2.0
// SHA-256 in pieces (FIPS 180-4): WebCrypto wants the whole document in memory, and is absent on plain http. Written so that engines
// compile it to plain 32-bit arithmetic: signed arrays, local variables, no copy of what comes in whole blocks.

/** The round constants: the first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const rounds = Int32Array.from(primes(64), (prime) => (Math.cbrt(prime) % 1) * 2 ** 32);
/** The same of the square roots of the first eight. */
const initial = Int32Array.from(primes(8), (prime) => (Math.sqrt(prime) % 1) * 2 ** 32);

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n += 1) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

/** A digest that is fed part by part. */
export class Sha256 {
  private readonly state = Int32Array.from(initial);
  private readonly schedule = new Int32Array(64);
  private readonly block = new Uint8Array(64);
  private filled = 0;
  private length = 0;

  /** Another one that has taken in the same. */
  clone(): Sha256 {
    const other = new Sha256();
    other.state.set(this.state);
    other.block.set(this.block);
    other.filled = this.filled;
    other.length = this.length;
    return other;
  }

  update(bytes: Uint8Array): this {
    this.length += bytes.length;
    let at = 0;
    if (this.filled > 0) {
      at = this.fill(bytes);
      if (this.filled === 64) this.compress(this.block, 0);
    }
    for (; at + 64 <= bytes.length; at += 64) this.compress(bytes, at);
    this.fill(bytes.subarray(at));
    return this;
  }

  /** The digest in lower-case hexadecimal. Ends the object. */
  hex(): string {
    const bits = this.length * 8;
    const padding = new Uint8Array(((119 - (this.length % 64)) % 64) + 1 + 8);
    padding[0] = 0x80;
    const view = new DataView(padding.buffer);
    view.setUint32(padding.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(padding.length - 4, bits >>> 0);
    this.update(padding);
    return Array.from(this.state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  /** As much as the open block takes; tells how much that was. */
  private fill(bytes: Uint8Array): number {
    const part = bytes.subarray(0, 64 - this.filled);
    this.block.set(part, this.filled);
    this.filled += part.length;
    return part.length;
  }

  private expand(bytes: Uint8Array, at: number): Int32Array {
    const w = this.schedule;
    for (let i = 0; i < 16; i += 1, at += 4) w[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
    for (let i = 16; i < 64; i += 1) {
      const a = w[i - 15]!;
      const b = w[i - 2]!;
      const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3);
      const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10);
      w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0;
    }
    return w;
  }

  private compress(bytes: Uint8Array, at: number): void {
    const w = this.expand(bytes, at);
    const s = this.state;
    let a = s[0]!, b = s[1]!, c = s[2]!, d = s[3]!, e = s[4]!, f = s[5]!, g = s[6]!, h = s[7]!;
    for (let i = 0; i < 64; i += 1) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + rounds[i]! + w[i]!) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    s[0] = s[0]! + a;
    s[1] = s[1]! + b;
    s[2] = s[2]! + c;
    s[3] = s[3]! + d;
    s[4] = s[4]! + e;
    s[5] = s[5]! + f;
    s[6] = s[6]! + g;
    s[7] = s[7]! + h;
    this.filled = 0;
  }
}
