import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { DataError } from '../errors.js';

/** Texts by dotted key, `{name}` filled from the values. */
export type Say = (key: string, values?: Record<string, string | number>) => string;

/** Languages with a file of texts; the first is for everybody else. */
export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language for a person's IETF tag (`en-GB`); Chinese where it is none of ours or unknown. */
export function languageOf(tag: string | undefined): Language {
  const primary = tag?.toLowerCase().split('-')[0];
  return LANGUAGES.find((language) => language === primary) ?? LANGUAGES[0];
}

const FOLDER = fileURLToPath(new URL('../../locales/', import.meta.url));

/**
 * The texts of one language.
 * @throws DataError when the file cannot be read, or later when a key is not in it.
 */
export function loadLocale(language = 'zh', folder = FOLDER): Say {
  const file = `${folder}${language}.yaml`;
  const texts = new Map<string, string>();
  let tree: unknown;
  try {
    tree = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new DataError(file, null, (error as Error).message);
  }
  flatten(tree, '', texts);
  return (key, values = {}) => {
    const text = texts.get(key);
    if (text === undefined) throw new DataError(file, null, `there is no text ${key}`);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
      name in values ? String(values[name]) : whole,
    );
  };
}

function flatten(node: unknown, path: string, into: Map<string, string>): void {
  if (node !== null && typeof node === 'object') {
    for (const [key, value] of Object.entries(node)) flatten(value, path ? `${path}.${key}` : key, into);
  } else into.set(path, String(node).replace(/\n+$/, ''));
}
