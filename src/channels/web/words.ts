import { fileURLToPath } from 'node:url';
import { loadLocale, type Say } from '../locale.js';

const OWN = fileURLToPath(new URL('../../../locales/web/', import.meta.url));

/** The words of the web server: its own, and those that all channels share. @throws DataError for a key in neither */
export function loadWords(language = 'zh'): Say {
  const own = loadLocale(language, OWN);
  const shared = loadLocale(language);
  return (key, values) => {
    try {
      return own(key, values);
    } catch {
      return shared(key, values);
    }
  };
}
