import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { DataError } from '../errors.js';

/** knowledge/wording.yaml: every sentence of the assistant's own, with {names} to fill. */
export class Wording {
  readonly #texts: Record<string, unknown>;
  constructor(private readonly file: string) {
    this.#texts = parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  }

  /**
   * The text at a dotted key with its {names} filled.
   * @throws DataError when the key or a name is missing: a sentence with a hole never leaves.
   */
  say(key: string, values: Record<string, string | number> = {}): string {
    let node: unknown = this.#texts;
    for (const part of key.split('.')) node = (node as Record<string, unknown> | undefined)?.[part];
    if (typeof node !== 'string') throw new DataError(this.file, null, `no text “${key}”`);
    return node.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined)
        throw new DataError(this.file, null, `text “${key}” needs a value for {${name}}`);
      return String(value);
    });
  }
}
