import { fileURLToPath } from 'node:url';
import { DataError } from '../errors.js';
import { readYaml } from '../knowledge/index.js';

const FILE = fileURLToPath(new URL('../../knowledge/wording-rules.yaml', import.meta.url));

type Values = Readonly<Record<string, string | number>>;
/** Section and name of a text → its pieces: what is printed, and between two pieces the name of what is filled in. */
type Texts = ReadonlyMap<string, readonly string[]>;

const PLACE = /\{([a-zA-Z]+)\}/;

/**
 * Reads knowledge/wording-rules.yaml: sections of texts with {names} to fill.
 * @throws DataError with file, line and what would be accepted.
 */
export function loadTexts(file: string): Texts {
  const { value, lineOf } = readYaml(file);
  const texts = new Map<string, string[]>();
  for (const [section, entries] of Object.entries(mapping(value, () => new DataError(file, 1, SECTIONS)))) {
    for (const [name, text] of Object.entries(
      mapping(entries, () => new DataError(file, lineOf([section]), SECTIONS)),
    )) {
      if (typeof text !== 'string')
        throw new DataError(file, lineOf([section, name]), `${section}.${name}：应是一段文字`);
      texts.set(`${section}.${name}`, text.split(PLACE));
    }
  }
  return texts;
}

const SECTIONS = '应是分节的文字，如“join:”下面缩进写“or: …”';

function mapping(value: unknown, otherwise: () => DataError): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw otherwise();
}

/** One text with its {names} filled. @throws DataError when the text, or a value it needs, is missing: no sentence leaves with a hole. */
export function fill(texts: Texts, file: string, key: string, values: Values): string {
  const pieces = texts.get(key);
  if (!pieces) throw new DataError(file, null, `缺少文字“${key}”`);
  return pieces
    .map((piece, i) => {
      if (i % 2 === 0) return piece;
      const value = values[piece];
      if (value === undefined)
        throw new DataError(
          file,
          null,
          `“${key}”里的 {${piece}} 没有值可填；可以用的有 ${
            Object.keys(values)
              .map((name) => `{${name}}`)
              .join('、') || '（没有）'
          }`,
        );
      return String(value);
    })
    .join('');
}

let own: Texts | null = null;

/** A text of the rules: what a check, an explanation, a calculation or a refusal says (knowledge/wording-rules.yaml). */
export function say(key: string, values: Values = {}): string {
  own ??= loadTexts(FILE);
  return fill(own, FILE, key, values);
}
