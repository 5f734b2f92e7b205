import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import { recall, remember } from './memory.js';
import { type Language, type Say, sayIn } from './say.js';

export type { Key, Language, Say } from './say.js';

interface Locale {
  language: Language;
  say: Say;
  setLanguage(language: Language): void;
}

const LocaleContext = createContext<Locale | null>(null);

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
