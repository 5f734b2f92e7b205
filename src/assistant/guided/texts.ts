import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DataError } from '../../errors.js';
import type { Topic } from '../../knowledge/index.js';
import type { Subject } from '../../rules/index.js';
import { Wording } from '../wording.js';

const topics = z.array(z.string());
const schema = z.looseObject({
  prepare: z.record(
    z.enum(['lead', 'member', 'consortium', 'talent-consortium']),
    z.strictObject({ steps: topics, materials: topics, times: topics, also: topics }),
  ),
});

/** Topics told of what to do next, by part. */
export type Preparing = { steps: string[]; materials: string[]; times: string[]; also: string[] };

/** What the interview says: the `say` and `prepare` parts of knowledge/wording-interview.yaml. */
export class Texts extends Wording {
  readonly #raw: Record<string, unknown>;
  readonly #prepare: Record<Subject, Preparing>;

  /** @throws DataError naming the field, or a topic that does not exist. */
  constructor(
    private readonly path: string,
    known: ReadonlyMap<string, Topic>,
  ) {
    super(path);
    this.#raw = parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    const parsed = schema.safeParse(this.#raw);
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      throw new DataError(path, null, `${issue.path.join('.')}: ${issue.message}`);
    }
    this.#prepare = parsed.data.prepare;
    for (const parts of Object.values(this.#prepare))
      for (const topic of Object.values(parts).flat())
        if (!known.has(topic)) throw new DataError(path, null, `prepare: there is no topic “${topic}”`);
  }

  /** A list of words at a dotted key. @throws DataError when there is none. */
  list(key: string): string[] {
    const node = this.#at(key);
    if (!Array.isArray(node)) throw new DataError(this.path, null, `no list “${key}”`);
    return node.map(String);
  }

  /** Words by name at a dotted key. @throws DataError when there are none. */
  map(key: string): Record<string, string> {
    const node = this.#at(key);
    if (node === null || typeof node !== 'object' || Array.isArray(node))
      throw new DataError(this.path, null, `no map “${key}”`);
    return node as Record<string, string>;
  }

  #at(key: string): unknown {
    let node: unknown = this.#raw;
    for (const part of key.split('.')) node = (node as Record<string, unknown> | undefined)?.[part];
    return node;
  }

  prepare(subject: Subject): Preparing {
    return this.#prepare[subject];
  }
}
