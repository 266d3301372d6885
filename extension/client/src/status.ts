// SPDX-License-Identifier: Apache-2.0
import type { Channel } from './channel.js';
import { isErrorName, SealFerryError, type Detail } from './error.js';
import type { ErrorName } from './errors.js';
import { greet } from './hello.js';
import type { KeySummary, LayerName, Module, Site } from './types.js';

/** One layer of the self-check. `error` has words for the person; `unknown` means a layer before it must work first. */
export interface Layer {
  layer: LayerName;
  state: 'ok' | 'warning' | 'error' | 'unknown';
  error?: SealFerryError;
  detail?: Detail;
}

/** How things stand, layer by layer. */
export interface Status {
  /** Versions, where they are known. */
  host?: string;
  platform?: string;
  site?: Site;
  layers: Layer[];
  /** The first layer in trouble, if any: what to repair now. */
  first?: Layer;
  modules?: Module[];
  keys?: Pick<KeySummary, 'serial' | 'label' | 'unit'>[];
}

interface WireStatus {
  host: string;
  platform: string;
  site: Site;
  layers: { layer: LayerName; state: Layer['state']; error?: string; detail?: Detail }[];
  modules?: Module[];
  keys?: KeySummary[];
}

const order: LayerName[] = ['extension', 'host', 'policy', 'site', 'driver', 'key', 'certificate', 'seal', 'clock'];

/** Which layer an error that ended the self-check itself belongs to. */
const home: Partial<Record<ErrorName, LayerName>> = {
  extension_missing: 'extension',
  insecure_context: 'site',
  origin_not_trusted: 'site',
  right_missing: 'site',
};

/** Never rejects; works with nothing installed. */
export async function check(channel: Channel): Promise<Status> {
  try {
    await greet(channel);
    return fromWire(await channel.request<WireStatus>('status', { time: new Date().toISOString() }));
  } catch (error) {
    return fromFailure(error instanceof SealFerryError ? error : new SealFerryError('internal'));
  }
}

function fromWire({ layers, ...rest }: WireStatus): Status {
  const told = new Map(layers.map((layer) => [layer.layer, layer]));
  return withFirst({ ...rest, layers: order.map((layer) => worded(told.get(layer) ?? { layer, state: 'unknown' })) });
}

function worded({ error, detail, ...layer }: WireStatus['layers'][number]): Layer {
  const known = { ...layer, ...(detail && { detail }) };
  if (error === undefined) return known;
  return { ...known, error: new SealFerryError(isErrorName(error) ? error : 'internal', detail && { detail }) };
}

function fromFailure(error: SealFerryError): Status {
  const culprit = sideOf(error) ?? home[error.name] ?? 'host';
  const at = order.indexOf(culprit);
  return withFirst({
    layers: order.map((layer, index) =>
      index === at ? { layer, state: 'error', error } : { layer, state: index < at ? 'ok' : 'unknown' },
    ),
  });
}

const sideOf = ({ name, detail }: SealFerryError): LayerName | undefined =>
  name === 'version_mismatch' && detail?.['side'] === 'extension' ? 'extension' : undefined;

function withFirst(status: Status): Status {
  const first = status.layers.find(({ state }) => state === 'error') ?? status.layers.find(({ state }) => state === 'warning');
  return first ? { ...status, first } : status;
}
