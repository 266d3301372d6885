// SPDX-License-Identifier: Apache-2.0
// The values of docs/protocol.md. Times are RFC 3339 in UTC, digests SHA-256 in lower-case hexadecimal, bytes base64,
// sizes in bytes, lengths in mm.

/** What a site may do. */
export type Right = 'read' | 'write' | 'test' | 'stamp' | 'sign';

/** One key in a reader, as much as is known without opening it. */
export interface KeySummary {
  id: string;
  serial: string;
  label: string;
  /** 单位名称 */
  unit: string;
  kind: string;
  algorithms: ('rsa' | 'ecdsa' | 'sm2')[];
}

export interface Certificate {
  use: 'signing' | 'encryption';
  unit: string;
  subject: string;
  issuer: string;
  serialNumber: string;
  notBefore: string;
  notAfter: string;
  algorithm: string;
  sha256: string;
  pem: string;
  hasPrivateKey: boolean;
  expired: boolean;
}

/** One step of a seal's check. */
export interface Step {
  name: string;
  result: string;
  reason?: string;
}

/** Revocation lists and OCSP responses (base64 of DER) that the page has: the control fetches none. They count if their issuers signed them. */
export interface Revocations {
  crls?: string[];
  ocspResponses?: string[];
}

/** What the check of a seal found. */
export interface Verdict {
  kind: 'seal';
  verdict: 'valid' | 'valid-with-note' | 'invalid' | 'unreadable';
  failedStep?: string;
  version?: number;
  at: string;
  steps: Step[];
  notes: string[];
}

export interface Seal {
  id: string;
  name: string;
  /**
   * The number in the seal (version 1: 1 organisation, 2 person; versions 4 and 5: by business); `picture` for what is no more
   * than a picture, and no seal to check or stamp with.
   */
  type: number | 'picture';
  /** The storage profile through which a vendor's tools find it, too. */
  profile?: string;
  /** Of the layout: 1 (GM/T 0031-2014), 4 (GB/T 38540-2020), 5 (GM/T 0031-2025). */
  version: number;
  notBefore: string;
  notAfter: string;
  maker: string;
  widthMm: number;
  heightMm: number;
  sha256: string;
  /** Always PNG; only for sites that may write, and if it can be shown. */
  picture?: { mediaType: string; data: string };
  verdict: Verdict;
  daysLeft: number;
  /** Does the seal name the certificate that is on the key now? */
  certificateMatches: boolean;
  /** What this seal is due for. */
  advice: Advice;
}

export interface Advice {
  action: 'ok' | 'annualInspection' | 'change' | 'reissue';
  reason:
    | 'current'
    | 'sealExpired'
    | 'sealExpiresSoon'
    | 'sealCertificateMismatch'
    | 'certificateExpired'
    | 'certificateExpiresSoon'
    | 'noSeal'
    | 'noCertificate'
    | 'sealUnreadable'
    | 'sealUntrusted'
    | 'sealMakerExpired'
    /** Of the key: its seals cannot be listed, so there is nothing to advise. */
    | 'unreadable';
}

/** What a key holds. */
export interface Key {
  id: string;
  serial: string;
  label: string;
  unit: string;
  kind: string;
  certificates: Certificate[];
  seals: Seal[];
  room: { free: number; total: number } | null;
  /** `unblockable`: a PUK or administrator's PIN can set a new one ({@link SealFerry.unblockPin}), and is not locked itself. */
  pin: { state: 'ok' | 'countLow' | 'lastTry' | 'locked' | 'mustChange'; triesLeft?: number; unblockable: boolean };
  advice: Advice;
  /** How seals are stored: the vendor's profile new ones go through, and whether the control would write any. */
  layout: { profile: string | null; writable: boolean; reason?: 'unexplained' | 'notNamed' | 'incomplete' | 'rights' | 'ambiguous' | 'unreadable' };
  /** An order whose writing was begun and not finished. */
  pending?: { order: string; committed: boolean };
}

/** What the check of a document found. */
export interface Report {
  kind: string;
  verdict: 'valid' | 'valid-with-note' | 'invalid' | 'unsigned' | 'unreadable';
  intact: boolean;
  signatures: {
    kind: 'signature' | 'timestamp';
    verdict: 'valid' | 'valid-with-note' | 'invalid';
    integrity: 'intact' | 'broken';
    trust: 'trusted' | 'untrusted' | 'unknown';
    coversWholeFile: boolean;
    changesAfter: { kind: string; permitted: boolean; reason: string }[];
    signer: string;
    time: string | null;
    /** It existed then: a trusted time stamp says so. */
    provenTime: string | null;
    seal: string | null;
    reasons: string[];
    notes: string[];
  }[];
}

/** The steps a long call goes through. */
export type StepName = 'order' | 'confirm' | 'pin' | 'write' | 'verify' | 'receipt' | 'stamp';

/** News of a running call: a step, or a native window that waits for the user. */
export type News =
  | { kind: 'progress'; step: StepName; done: number; total: number }
  | { kind: 'prompt'; what: 'trust' | 'confirm' | 'pin' | 'puk' | 'choose' | 'closed' };

/** What every call that may take long can be given. */
export interface Watched {
  /** Ends the call; it rejects with `cancelled`. */
  signal?: AbortSignal;
  /** Told of each step and window: show "请查看弹出窗口" while a window is open. */
  onStep?(news: News): void;
}

/** A write the CA has signed for. Seals and keys are base64, certificates PEM. */
export interface Write extends Watched {
  /** The work order (授权单). */
  order: string;
  seals: string[];
  signCertificate?: string;
  encryptionCertificate?: string;
  encryptionKey?: string;
}

export interface Written {
  outcome: 'written' | 'alreadyWritten';
  /** For the CA: what the key holds now, signed by the key. */
  receipt: string;
  before: Key | null;
  after: Key;
}

/** What became of an order to unblock. */
export interface Unblocked {
  /** `alreadyUnblocked`: this very order had been carried out; only the receipt was made anew. */
  outcome: 'unblocked' | 'alreadyUnblocked';
  /** For the CA: signed by the key, with the new PIN. */
  receipt: string;
  key: Key;
}

/** The layers between a page and a seal, in the order in which they are checked. */
export type LayerName = 'extension' | 'host' | 'policy' | 'site' | 'driver' | 'key' | 'certificate' | 'seal' | 'clock';

export interface Site {
  origin: string;
  rights: Right[];
  trustedBy: 'policy' | 'user' | null;
  /** May the user be asked? Not where policy forbids it, nor after three refusals. */
  mayAsk: boolean;
}

export interface Module {
  path: string;
  kind: string;
  version: string;
  slots: number;
  /** Of the file, where it is a library at all. */
  bits: 32 | 64 | null;
  /** Milliseconds that loading and initialising took. */
  loadMs: number;
  error?: string;
  /** Why it cannot be loaded, e.g. "wrongBits" for a 32-bit driver. */
  reason?: string;
  /** Paths of drivers that see the same key, or are the same file. */
  collisions?: string[];
}

/** What a stamped test page comes back as. */
export interface TestStamp {
  documents: Blob[];
  /** Which seal each document carries: ids, in the documents' order. */
  seals: string[];
  report: Report;
}
