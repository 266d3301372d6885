// SPDX-License-Identifier: Apache-2.0
// A page of a PDF as poppler draws it, a seal's picture as the browser draws it, and how well one shows the other.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const side = 96;
const dotsPerInch = 200;

/** The first page, by `pdftoppm`, which shares no code with us. @returns {{width: number, height: number, at(x: number, y: number): number[]}} */
export function drawn(pdf, folder) {
  execFileSync('pdftoppm', ['-r', String(dotsPerInch), '-singlefile', '-f', '1', '-l', '1', pdf, `${folder}/page`]);
  const file = readFileSync(`${folder}/page.ppm`);
  const [head, width, height] = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(file.toString('latin1', 0, 64));
  const at = (x, y) => [...file.subarray(head.length + 3 * (y * Number(width) + x)).subarray(0, 3)];
  return { width: Number(width), height: Number(height), at };
}

/** How red each point is, 0…1: a seal's red takes away green and blue and leaves red. */
function rednessOf(image) {
  return Float32Array.from({ length: image.width * image.height }, (_, i) => {
    const [red, green, blue] = image.at(i % image.width, Math.floor(i / image.width));
    return Math.max(0, red - Math.max(green, blue)) / 255;
  });
}

/** The red thing on the page: where it lies, and what it looks like in a square of 96 by 96 points. */
export function stampOn(image) {
  const red = rednessOf(image);
  const box = { left: image.width, top: image.height, right: -1, bottom: -1 };
  red.forEach((value, i) => {
    if (value < 0.2) return;
    const [x, y] = [i % image.width, Math.floor(i / image.width)];
    Object.assign(box, { left: Math.min(box.left, x), top: Math.min(box.top, y), right: Math.max(box.right, x), bottom: Math.max(box.bottom, y) });
  });
  if (box.right < 0) return null;
  const mm = (dots) => (dots / dotsPerInch) * 25.4;
  const [width, height] = [box.right - box.left + 1, box.bottom - box.top + 1];
  const square = Float32Array.from({ length: side * side }, (_, i) => mean(red, image.width, box, width, height, i % side, Math.floor(i / side)));
  return { leftMm: mm(box.left), topMm: mm(box.top), widthMm: mm(width), heightMm: mm(height), square };
}

function mean(values, stride, box, width, height, column, row) {
  const x0 = box.left + Math.floor((column * width) / side), x1 = box.left + Math.max(Math.ceil(((column + 1) * width) / side), 1);
  const y0 = box.top + Math.floor((row * height) / side), y1 = box.top + Math.max(Math.ceil(((row + 1) * height) / side), 1);
  let sum = 0;
  for (let y = y0; y < y1; y += 1) for (let x = x0; x < x1; x += 1) sum += values[y * stride + x];
  return sum / ((x1 - x0) * (y1 - y0));
}

/** The same square of a picture in a data: address, decoded by the browser. */
export async function squareOf(page, address) {
  const { width, height, base64 } = await page.evaluate(async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let opacity = '';
    for (let i = 3; i < data.length; i += 4) opacity += String.fromCharCode(data[i]);
    return { width: canvas.width, height: canvas.height, base64: btoa(opacity) };
  }, address);
  const opacity = Float32Array.from(Buffer.from(base64, 'base64'), (value) => value / 255);
  return Float32Array.from({ length: side * side }, (_, i) => mean(opacity, width, { left: 0, top: 0 }, width, height, i % side, Math.floor(i / side)));
}

/** 1: the same picture; 0: nothing to do with each other. */
export function likeness(one, other) {
  const centred = (values) => {
    const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.map((value) => value - middle);
  };
  const [a, b] = [centred(one), centred(other)];
  const product = (left, right) => left.reduce((sum, value, i) => sum + value * right[i], 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

const place = (f) => (square) => square.map((_, i) => square[f(i % side, Math.floor(i / side))]);
const last = side - 1;

/** The wrong ways to put a picture on paper. */
export const turned = {
  'upside down': place((x, y) => (last - y) * side + x),
  'mirrored': place((x, y) => y * side + last - x),
  'turned by half': place((x, y) => (last - y) * side + last - x),
  'turned left': place((x, y) => (last - x) * side + y),
  'turned right': place((x, y) => x * side + last - y),
};
