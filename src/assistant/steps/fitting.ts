import { readQuantities } from '../../quantity/index.js';
import { type Ranked, wordsOf } from '../cards.js';
import type { Kit, Turn } from '../turn.js';

/** How far below the best a card may rank and still be taken because it holds the kind of figure asked for. */
const CLOSE = 0.75;
/** How far below the best an entry with steps may rank and still answer a question for a whole. */
const WHOLE = 0.6;
/** The score, beside the best one, of a card that is put in front of it. */
const IN_FRONT = 1.001;
/** How much more of a question than a silence something told must speak of to go before it. */
const TOLD = 0.08;
/** How far below a whole the entry of the one step that a question names may rank. */
const PART = 0.4;
/** Share of what the best card speaks of that a card taken in its place must speak of. */
const AS_WELL = 0.9;

/** The ranking with a card in front that holds the kind of figure asked for, when one is close enough and speaks of the matter as well. */
export function fitting(kit: Kit, turn: Turn): Ranked[] {
  const ranking = kit.rank(turn);
  const best = ranking[0];
  if (!best) return [];
  const { asking } = kit.world;
  const { text } = turn.u;
  const first = (r: Ranked): Ranked[] => [
    { ...r, score: best.score * IN_FRONT },
    ...ranking.filter((other) => other !== r),
  ];
  const fits = (r: Ranked) =>
    asking.figureFits(text, wordsOf(r.card)) || (r.card.kind === 'entry' && r.card.entry.silent);
  // A row of the table of scores, where that is what is asked about, before a condition that names the same thing.
  const row = asking.is('scored', text)
    ? ranking.find(
        (r) =>
          r.card.kind === 'entry' &&
          !r.card.entry.silent &&
          readQuantities(wordsOf(r.card)).some((q) => q.unit === 'score'),
      )
    : undefined;
  if (row && row.score >= best.score * WHOLE) return first(row);
  const content = kit.content(text);
  const missed = new Set(kit.cards.missing(content, best.card));
  const speaksAsWell = (r: Ranked) =>
    r.coverage >= best.coverage * AS_WELL || kit.cards.missing(content, r.card).every((w) => missed.has(w));
  const put = putForward(kit, text, ranking);
  if (put && put !== best && speaksAsWell(put)) return first(put);
  const listsSteps = (r: Ranked) =>
    r.score >= best.score * WHOLE &&
    r.card.kind === 'entry' &&
    r.card.entry.steps.length > 0 &&
    speaksAsWell(r);
  const whole = asking.is('whole', text) ? widest(ranking.slice(0, 12).filter(listsSteps), best) : undefined;
  if (whole || best.card.kind === 'entry') {
    const part = partNamed(kit, content, whole ?? best, ranking);
    if (part ?? whole) return first((part ?? whole)!);
  }
  const close = ranking.slice(0, 8).filter((r) => r.score >= best.score * CLOSE);
  if (best.card.kind === 'entry' && best.card.entry.silent) {
    // A silence gives way to what is told, where that speaks of more of the question.
    const told = close.find(
      (r) =>
        r.card.kind === 'entry' &&
        !r.card.entry.silent &&
        r.coverage >= best.coverage + TOLD &&
        asking.figureFits(text, wordsOf(r.card)),
    );
    return told ? first(told) : [...ranking];
  }
  if (fits(best)) return [...ranking];
  const better = close.find((r) => fits(r) && speaksAsWell(r));
  return better ? first(better) : [...ranking];
}

/** How far below the best an entry may rank that states the very figure put forward. */
const STATED = 0.4;

/** Share of a question's words that an entry speaks of to be plainly its matter. */
const PLAINLY = 0.5;

/** The entry that states the figure of money a question puts forward (听说给1000万，是真的吗), the best of those that do. */
function putForward(kit: Kit, text: string, ranking: readonly Ranked[]): Ranked | undefined {
  const { asking } = kit.world;
  if (!asking.putsFigure(text)) return undefined;
  // 评估优秀奖150万对吧: what speaks of all that is named and states an amount corrects it.
  const [best] = ranking;
  const plainly = best !== undefined && kit.cards.missing(kit.content(text), best.card).length === 0;
  const amounts =
    best?.card.kind === 'entry' ? readQuantities(best.card.entry.say).filter((q) => q.unit === 'CNY') : [];
  if (plainly && best.coverage >= PLAINLY && amounts.length === 1) return undefined;
  const told = asking.figures(text).filter((q) => q.unit === 'CNY');
  return ranking.find(
    (r) =>
      r.card.kind === 'entry' &&
      !r.card.entry.silent &&
      r.score >= ranking[0]!.score * STATED &&
      readQuantities(wordsOf(r.card)).some((q) => told.some((t) => t.unit === q.unit && t.value === q.value)),
  );
}

/** The first that lists its steps, or one nearly as good whose clause holds it (the outline before one of its parts). */
function widest(listing: readonly Ranked[], best: Ranked): Ranked | undefined {
  const [first] = listing;
  const clauseOf = (r: Ranked) => (r.card.kind === 'entry' ? (r.card.entry.at[0]?.clause ?? '') : '');
  const holder = listing.find(
    (r) =>
      r.card.policy === first!.card.policy &&
      r.score >= best.score * CLOSE &&
      clauseOf(r) !== '' &&
      clauseOf(r) !== clauseOf(first!) &&
      clauseOf(first!).startsWith(clauseOf(r)),
  );
  return holder ?? first;
}

/** The entry of the one step of a whole that a question names (科技金融支持有哪些, of four kinds of support); null when it names none or several. */
function partNamed(kit: Kit, content: string, whole: Ranked, ranking: readonly Ranked[]): Ranked | null {
  const { card } = whole;
  if (card.kind !== 'entry') return null;
  const { steps } = card.entry;
  const { asking, language } = kit.world;
  const telling = kit.cards
    .about(content)
    .filter((word) => !language.benefits.test(word) && !asking.is('whole', `什么${word}`))
    // What the whole is called names none of its parts (建设方案 of 建设目标).
    .filter((word) => !card.entry.title.includes(word));
  const named = new Set(
    telling.flatMap((word) => {
      const found = steps.filter((s) => s.title.includes(word));
      return found.length === 1 ? found : [];
    }),
  );
  const [step, another] = named;
  if (!step || another) return null;
  return (
    ranking.find(
      (r) =>
        r.card.kind === 'entry' &&
        r !== whole &&
        r.score >= whole.score * PART &&
        r.card.entry.at[0]?.clause === step.clause,
    ) ?? null
  );
}
