import { createHash } from 'node:crypto';
import { TermTable } from './arrays.js';
import type { IndexData } from './data.js';

/** Raised with every change of what the bytes mean or of how documents are read into them. */
export const codecVersion = 1;
const MAGIC = 'WENCEIDX';

/** The bytes are not an index that this code wrote from these documents; the message says what differs. */
export class IndexFormatError extends Error {
  override readonly name = 'IndexFormatError';
}

/** One file: magic, version, a JSON header, the arrays (8-byte aligned), SHA-256 of all before it. */
export function encode(data: IndexData, fingerprint: string): Buffer {
  const arrays: Record<string, Uint32Array | Uint16Array> = {
    groups: data.groups,
    first: data.terms.first.done(),
    second: data.terms.second.done(),
    postStart: data.postStart,
    postDoc: data.postDoc,
    postImpact: data.postImpact,
    textStart: data.textStart,
    text: data.text,
    titleStart: data.titleStart,
    title: data.title,
  };
  const { ids, groupNames, units, k1 } = data;
  const layout = Object.entries(arrays).map(([name, a]) => [name, a.BYTES_PER_ELEMENT, a.length]);
  const header = Buffer.from(JSON.stringify({ fingerprint, ids, groupNames, units, k1, layout }));
  const start = Buffer.alloc(16);
  start.write(MAGIC, 'latin1');
  start.writeUInt32LE(codecVersion, 8);
  start.writeUInt32LE(header.length, 12);
  const parts: Buffer[] = [start, header, Buffer.alloc(pad(16 + header.length))];
  for (const a of Object.values(arrays)) {
    parts.push(Buffer.from(a.buffer, a.byteOffset, a.byteLength), Buffer.alloc(pad(a.byteLength)));
  }
  const body = Buffer.concat(parts);
  return Buffer.concat([body, createHash('sha256').update(body).digest()]);
}

const pad = (n: number) => (8 - (n % 8)) % 8;

export function decode(buffer: Buffer, fingerprint: string): IndexData {
  if (buffer.length < 56 || buffer.toString('latin1', 0, 8) !== MAGIC)
    throw new IndexFormatError('not an index file');
  if (buffer.readUInt32LE(8) !== codecVersion) throw new IndexFormatError('written by another version');
  const body = buffer.subarray(0, -32);
  if (!createHash('sha256').update(body).digest().equals(buffer.subarray(-32))) {
    throw new IndexFormatError('damaged: the checksum differs');
  }
  const headerLength = buffer.readUInt32LE(12);
  const header = JSON.parse(buffer.toString('utf8', 16, 16 + headerLength)) as {
    fingerprint: string;
    ids: string[];
    groupNames: string[];
    units: string[];
    k1: number;
    layout: [string, number, number][];
  };
  if (header.fingerprint !== fingerprint)
    throw new IndexFormatError('built from other documents or settings');
  let at = 16 + headerLength;
  at += pad(at);
  const arrays = new Map<string, Uint32Array | Uint16Array>();
  for (const [name, width, length] of header.layout) {
    // A copy, so that the arrays are aligned whatever the buffer is and the file's bytes can go.
    const bytes = new Uint8Array(buffer.subarray(at, at + width * length)).buffer;
    arrays.set(name, width === 4 ? new Uint32Array(bytes) : new Uint16Array(bytes));
    at += width * length;
    at += pad(width * length);
  }
  const u32 = (name: string) => arrays.get(name) as Uint32Array;
  const first = u32('first');
  const second = u32('second');
  const terms = new TermTable(first.length);
  for (let i = 0; i < first.length; i++) terms.add(first[i]!, second[i]!);
  return {
    ids: header.ids,
    groups: u32('groups'),
    groupNames: header.groupNames,
    units: header.units,
    terms,
    postStart: u32('postStart'),
    postDoc: u32('postDoc'),
    postImpact: arrays.get('postImpact') as Uint16Array,
    textStart: u32('textStart'),
    text: arrays.get('text')!,
    titleStart: u32('titleStart'),
    title: arrays.get('title')!,
    k1: header.k1,
  };
}
