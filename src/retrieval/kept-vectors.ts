import { createHash } from 'node:crypto';
import { type FileHandle, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from '../folder.js';
import type { VectorKeep } from './vectors.js';

/** SHA-256 of what was embedded, and as much of the record's own SHA-256 as tells damage. */
const MEANING = 32;
const CHECK = 8;

/**
 * A file of vectors, one record after another, that a build adds to batch by batch: a build that was cut off goes on where
 * it stopped, and a changed clause is embedded alone. A record that a kill cut short, or that is damaged, is dropped with what
 * follows it. One file for one model and dimension, named in its first line.
 */
export class KeptVectors implements VectorKeep {
  readonly #file: string;
  readonly #dimension: number;
  readonly #vectors = new Map<string, number[]>();
  #handle: FileHandle | null = null;

  private constructor(file: string, dimension: number) {
    this.#file = file;
    this.#dimension = dimension;
  }

  /** Opens or makes the file. Rejects when the folder cannot be written to. */
  static async open(file: string, model: string, dimension: number): Promise<KeptVectors> {
    const kept = new KeptVectors(file, dimension);
    const head = `${JSON.stringify({ vectors: 1, model, dimension })}\n`;
    makeFolder(dirname(file));
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    const start = Buffer.byteLength(head);
    const end = bytes.subarray(0, start).toString() === head ? kept.#read(bytes, start) : 0;
    if (end === 0) await writeFile(file, head);
    kept.#handle = await open(file, 'r+');
    await kept.#handle.truncate(end || start);
    return kept;
  }

  get size(): number {
    return this.#vectors.size;
  }

  #read(bytes: Buffer, start: number): number {
    const size = MEANING + 4 * this.#dimension + CHECK;
    let at = start;
    for (; at + size <= bytes.length; at += size) {
      const body = bytes.subarray(at, at + size - CHECK);
      if (!check(body).equals(bytes.subarray(at + size - CHECK, at + size))) break;
      const vector = Array.from({ length: this.#dimension }, (_, i) => body.readFloatLE(MEANING + 4 * i));
      this.#vectors.set(body.toString('hex', 0, MEANING), vector);
    }
    return at;
  }

  #record(meaning: string, vector: readonly number[]): Buffer {
    const body = Buffer.alloc(MEANING + 4 * this.#dimension);
    body.write(meaning, 'hex');
    for (const [i, x] of vector.entries()) body.writeFloatLE(x, MEANING + 4 * i);
    return Buffer.concat([body, check(body)]);
  }

  get(meaning: string): number[] | undefined {
    return this.#vectors.get(meaning);
  }

  async put(entries: readonly { meaning: string; vector: number[] }[]): Promise<void> {
    const { size } = await this.#handle!.stat();
    const bytes = Buffer.concat(entries.map((e) => this.#record(e.meaning, e.vector)));
    await this.#handle!.write(bytes, 0, bytes.length, size);
    await this.#handle!.datasync();
    for (const e of entries) this.#vectors.set(e.meaning, e.vector);
  }

  /** Closes the file; when more than half of it is of documents no longer wanted, it is written anew with the others. */
  async close(wanted: ReadonlySet<string>): Promise<void> {
    const live = [...this.#vectors].filter(([meaning]) => wanted.has(meaning));
    if (this.#vectors.size > 2 * live.length) {
      const bytes = await readFile(this.#file);
      const head = bytes.subarray(0, bytes.indexOf(0x0a) + 1);
      const temporary = `${this.#file}.${process.pid}.tmp`;
      await writeFile(temporary, Buffer.concat([head, ...live.map(([m, v]) => this.#record(m, v))]));
      await rename(temporary, this.#file).catch(() => rm(temporary, { force: true }));
    }
    await this.#handle?.close();
    this.#handle = null;
  }
}

function check(body: Buffer): Buffer {
  return createHash('sha256').update(body).digest().subarray(0, CHECK);
}
