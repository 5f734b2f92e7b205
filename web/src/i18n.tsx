import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import { en } from './locales/en.js';
import { type Words, zh } from './locales/zh.js';
import { recall, remember } from './memory.js';

export type Language = 'zh' | 'en';
export type Key = keyof Words;
/** The words of the interface: `{name}` places are filled from `values`. Answers and documents stay Chinese. */
export type Say = (key: Key, values?: Record<string, string | number>) => string;

interface Locale {
  language: Language;
  say: Say;
  setLanguage(language: Language): void;
}

const LocaleContext = createContext<Locale | null>(null);

export function sayIn(language: Language): Say {
  const words = language === 'en' ? en : zh;
  return (key, values = {}) =>
    words[key].replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

export function LocaleProvider({ children }: { children: React.ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => (recall('language') === 'en' ? 'en' : 'zh'));
  useEffect(() => {
    document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN';
    remember('language', language);
  }, [language]);
  const value = useMemo(() => ({ language, say: sayIn(language), setLanguage }), [language]);
  return <LocaleContext.Provider value={value}>{children}</LocaleContext.Provider>;
}

export function useLocale(): Locale {
  const locale = useContext(LocaleContext);
  if (!locale) throw new TypeError('useLocale needs a LocaleProvider above it');
  return locale;
}

export const useSay = (): Say => useLocale().say;
