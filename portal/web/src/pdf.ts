// SPDX-License-Identifier: Apache-2.0
import { getDocument, GlobalWorkerOptions, type PDFPageProxy } from 'pdfjs-dist';
import worker from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

GlobalWorkerOptions.workerSrc = worker;

const width = 720;

/** A place on a page in mm from its top left corner, as stamps are placed. */
export interface Place {
  page: number;
  x: number;
  y: number;
}

/** Where on which of the drawn pages was clicked. */
export function placeOf({ target, clientX, clientY }: MouseEvent): Place | null {
  if (!(target instanceof HTMLCanvasElement) || !target.dataset['page']) return null;
  const { left, top, width: across, height: down } = target.getBoundingClientRect();
  const { page, widthMm, heightMm } = target.dataset;
  return {
    page: Number(page),
    x: Math.round(((clientX - left) / across) * Number(widthMm)),
    y: Math.round(((clientY - top) / down) * Number(heightMm)),
  };
}

/** Draws every page into `target`, one canvas each. Answers how many there are. */
export async function drawPages(pdf: Blob, target: HTMLElement, name: string, signal: AbortSignal): Promise<number> {
  const loading = getDocument({ data: await pdf.arrayBuffer(), isEvalSupported: false });
  try {
    const document = await loading.promise;
    const canvases: HTMLCanvasElement[] = [];
    for (let number = 1; number <= document.numPages && !signal.aborted; number += 1) {
      canvases.push(await draw(await document.getPage(number), `${name}，第 ${number} 页`));
    }
    if (!signal.aborted) target.replaceChildren(...canvases);
    return canvases.length;
  } finally {
    await loading.destroy();
  }
}

async function draw(page: PDFPageProxy, label: string): Promise<HTMLCanvasElement> {
  const scale = (width / page.getViewport({ scale: 1 }).width) * Math.min(devicePixelRatio || 1, 2);
  const viewport = page.getViewport({ scale });
  const canvas = window.document.createElement('canvas');
  canvas.width = viewport.width;
  canvas.height = viewport.height;
  canvas.style.width = `${width}px`;
  // As displayed, for clicks: pdf.js measures in points, 72 to the inch.
  const { width: across, height: down } = page.getViewport({ scale: 25.4 / 72 });
  Object.assign(canvas.dataset, { page: String(page.pageNumber), widthMm: String(across), heightMm: String(down) });
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', label);
  await page.render({ canvasContext: canvas.getContext('2d')!, viewport }).promise;
  return canvas;
}
