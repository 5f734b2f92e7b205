import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { languageOf, loadLocale } from '../../src/channels/locale.js';

const FOLDER = fileURLToPath(new URL('../../locales/', import.meta.url));

/** Key → the placeholders of its text, sorted. */
function shape(language: string): Record<string, string[]> {
  const out: Record<string, string[]> = {};
  const walk = (node: unknown, path: string) => {
    if (node !== null && typeof node === 'object')
      for (const [key, value] of Object.entries(node)) walk(value, path ? `${path}.${key}` : key);
    else out[path] = [...new Set(String(node).match(/\{\w+\}/g) ?? [])].sort();
  };
  walk(parse(readFileSync(`${FOLDER}${language}.yaml`, 'utf8')), '');
  return out;
}

describe('the languages', () => {
  const others = readdirSync(FOLDER).flatMap((file) => /^(\w+)\.yaml$/.exec(file)?.[1] ?? []);

  it.each(others.filter((language) => language !== 'zh'))(
    '%s has the texts and placeholders of zh',
    (other) => {
      expect(shape(other)).toEqual(shape('zh'));
    },
  );

  it('names every command in words that Telegram takes', () => {
    for (const language of others) {
      const say = loadLocale(language);
      for (const key of Object.keys(shape(language)).filter((key) => /^telegram\.commands\.\w+$/.test(key)))
        expect(say(key).length).toBeLessThanOrEqual(256);
    }
  });

  it.each([
    ['en', 'en'],
    ['en-GB', 'en'],
    ['zh-hans', 'zh'],
    ['de', 'zh'],
    [undefined, 'zh'],
  ])('speaks to a person whose app says %s in %s', (code, language) => {
    expect(languageOf(code)).toBe(language);
  });
});
