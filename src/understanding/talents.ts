import type { Language } from './language.js';

const NUMBERS = '零一二三四五六七八九十';
const NUMBER = '\\d{1,2}|[一二两三四五六七八九十]';

/**
 * Where a text speaks of the people of a core team: what their titles come to (两位杰青、一位长江学者 as 3名国家级人才), unless those of
 * that rank are counted by themselves, and the shorthand of such texts written out.
 */
export function readTitles(text: string, language: Language, pending: string | null): string {
  const { cues } = language;
  if (!cues.talentCase.test(text) && !pending?.startsWith('talent.')) return text;
  const plain = language.talentShorthand.reduce(
    (t, { from, to }) => t.replace(new RegExp(from, 'giu'), to),
    ranked(text, language),
  );
  if (cues.nationalCounted.test(plain)) return plain;
  const title = cues.nationalTitle.source;
  const told = new RegExp(
    `(?<ahead>${NUMBER})[名位个人](?:是|为|入选|获评?|拿了?)*(?:${title})|(?:${title})(?:有|是|共|各)*(?<behind>${NUMBER})[名位个人]`,
    'giu',
  );
  const found = [...plain.matchAll(told)];
  if (found.length === 0) return plain;
  const sum = found.reduce((n, { groups }) => n + numberOf(groups!.ahead ?? groups!.behind!), 0);
  return [...found]
    .reverse()
    .reduce(
      (t, m, i) =>
        t.slice(0, m.index) +
        (i === found.length - 1 ? `国家级人才${sum}名` : '') +
        t.slice(m.index + m[0].length),
      plain,
    );
}

/** A类1人、B类2人: of the second rank and above. */
function ranked(text: string, language: Language): string {
  return text.replace(new RegExp(language.cues.twoRanks.source, 'giu'), (whole, ...rest) => {
    const { a, b } = rest.at(-1) as { a: string; b: string };
    return whole.includes('其中') ? whole : `b类以上${numberOf(a) + numberOf(b)}名`;
  });
}

const numberOf = (word: string): number =>
  /^\d/.test(word) ? Number(word) : word === '两' ? 2 : Math.max(0, NUMBERS.indexOf(word));
