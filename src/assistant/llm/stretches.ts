/** The number that a clause begins with: （一）, 1., 第六条. */
const NUMBER =
  /^\s*(?:[（(][一二三四五六七八九十]+[）)]|\d{1,2}[.．、]|第[一二三四五六七八九十百]+条|[一二三四五六七八九十]+、)\s*/;

/** A clause's text without the number that it begins with. */
export const withoutNumber = (text: string): string => text.replace(NUMBER, '');

/** A clause without its number, then its sentences, then its parts between semicolons; each once. */
export function stretchesOf(clause: string): string[] {
  const text = withoutNumber(clause);
  const parts = (ends: RegExp) => (text.match(ends) ?? []).map((part) => part.trim());
  return [...new Set([text, ...parts(/[^。\n]+。?/g), ...parts(/[^。；\n]+[。；]?/g)])].filter(
    (part) => part !== '',
  );
}
