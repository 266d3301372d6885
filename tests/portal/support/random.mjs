// SPDX-License-Identifier: Apache-2.0
// What is sampled, is sampled by a seed that is printed: SEALFERRY_SEED=… repeats the run.
const seed = Number(process.env.SEALFERRY_SEED ?? Date.now() % 2 ** 30) || 1;
let state = seed >>> 0;
console.log(`# seed ${seed}`);

/** mulberry32: 0 ≤ x < 1 */
function next() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

/** Some of them, each at most once, in their order. */
export function sample(all, count) {
  const drawn = all.map((one) => ({ one, at: next() })).sort((a, b) => a.at - b.at).slice(0, count).map(({ one }) => one);
  return all.filter((one) => drawn.includes(one));
}
