import { en } from './locales/en.js';
import { type Words, zh } from './locales/zh.js';

export type Language = 'zh' | 'en';
export type Key = keyof Words;
/** The words of the interface: `{name}` places are filled from `values`. Answers and documents stay Chinese. */
export type Say = (key: Key, values?: Record<string, string | number>) => string;

export function sayIn(language: Language): Say {
  const words: Words = language === 'en' ? en : zh;
  return (key, values = {}) =>
    words[key].replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
