import type { Vocabulary } from '../rules/index.js';
import { partAtBlanks } from './blanks.js';
import type { CityBook } from './city-book.js';
import { withYears } from './dates.js';
import { readForms } from './forms.js';
import type { Language } from './language.js';
import { layOut } from './layout.js';
import { WordFinder } from './lexicon.js';
import { localCounts, localMembers } from './local.js';
import type { Names } from './names.js';
import { normalise } from './normalise.js';
import { bareCount, writeOut } from './notation.js';
import { withoutNumbers } from './numbered.js';
import { spellYears } from './spans.js';
import { readTitles } from './talents.js';
import type { Conversation } from './types.js';
import { Typos } from './typos.js';

/** Writes a question out as the readers read it: tables as statements, slips mended, shorthand and numbers in full. */
export class Rewriter {
  readonly #typos: Typos;
  readonly #nouns: WordFinder<string | null>;
  readonly #shorthand: { from: RegExp; to: string }[];

  constructor(
    private readonly vocabulary: Vocabulary,
    private readonly language: Language,
    private readonly book: CityBook,
    private readonly names: Names,
  ) {
    this.#nouns = countedNouns(vocabulary, language.notNames);
    this.#shorthand = language.shorthand.map(({ from, to }) => ({ from: new RegExp(from, 'gu'), to }));
    this.#typos = new Typos(language, names.words, book.words);
  }

  /** `written`: the question in full; `text`: the same, with members told by their city as local ones. */
  rewrite(question: string, conversation: Conversation, asOf: string): { written: string; text: string } {
    const { language, vocabulary } = this;
    const laid = layOut(readForms(withoutNumbers(question.replace(ITEMS, '；'))), {
      names: this.names.plain,
      aside: language.cues.tableAside,
      head: language.cues.tableHead,
      money: language.cues.moneyHeading,
    });
    // A line ends a statement; a figure must not reach over it (2.3亿⏎年均研发).
    const lines = normalise(partAtBlanks(laid, this.names.plain)).replace(/[，,；;、]?\s*\n\s*/g, '；');
    const mended = readTitles(
      this.#typos.mend(shorten(lines, this.#shorthand)),
      language,
      conversation.pending,
    );
    const thisYear = Number(asOf.slice(0, 4));
    const dayAsked = conversation.pending !== null && vocabulary.get(conversation.pending)?.type === 'date';
    const answer = bareCount(mended, measureAsked(conversation, vocabulary));
    const written = writeOut(
      spellYears(withYears(answer, language, thisYear, dayAsked), language, thisYear),
      this.#nouns,
      thisYear,
    );
    const counted = localCounts(written, this.book.find(written), language.localWord);
    return { written, text: localMembers(counted, this.book.find(counted), language) };
  }
}

/** The measure word of the count that was asked for. */
function measureAsked({ pending }: Conversation, vocabulary: Vocabulary): string | undefined {
  const spec = pending === null ? undefined : vocabulary.get(pending);
  return spec?.type === 'count' ? spec.measures[0] : undefined;
}

/** The names of facts with the measure word of those that are counted; kinds of units are counted by 家. */
function countedNouns(vocabulary: Vocabulary, notNames: readonly string[]): WordFinder<string | null> {
  const out = new Map<string, string | null>(notNames.map((w) => [w, null]));
  const han = (w: string) => /^[\u4e00-\u9fff]+B?[\u4e00-\u9fff]+$/.test(w);
  for (const spec of vocabulary.specs)
    for (const w of spec.synonyms)
      if (!out.has(w)) out.set(w, spec.type === 'count' && han(w) ? (spec.measures[0] ?? '家') : null);
  for (const value of vocabulary.get('lead.kind')?.values ?? [])
    for (const w of value.words) if (!out.get(w)) out.set(w, han(w) ? '家' : null);
  return new WordFinder(out);
}

/** Numbers of items, which folding would turn into digits of the figure before them (营收2.5亿③研发). */
const ITEMS = /[①-⑳⑴-⒇❶-❿㈠-㈩]/gu;

/** Shorthand written out (2.1kw, 差一点到2亿, dialect). */
const shorten = (text: string, list: readonly { from: RegExp; to: string }[]): string =>
  list.reduce((t, { from, to }) => t.replace(from, to), text);
