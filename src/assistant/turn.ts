import type { Policy } from '../knowledge/index.js';
import { readQuantities } from '../quantity/index.js';
import type { Verdict } from '../rules/index.js';
import type { Conversation, Understanding } from '../understanding/index.js';
import { type Card, Cards, type Ranked } from './cards.js';
import type { Evidence } from './evidence.js';
import type { Answer, Block, Intent, Turn as Said } from './types.js';
import type { World } from './world.js';

/** One question being answered: what was understood, what is remembered, which documents are asked. */
export interface Turn {
  u: Understanding;
  before: Conversation;
  now: Conversation;
  history: readonly Said[];
  /** The question before, when this one leans on it (“那总共呢”, “这是死规定吗”); else null. */
  context: string | null;
  /** The facts that it asked for. */
  contextAsked: readonly string[];
  /** The answer before this one, when the question leans on it (“为什么”, “原文”); else null. */
  previous: Answer | null;
  asOf: string;
  evidence: Evidence;
  /** Documents that set rules, of the cities in question. */
  policies: Policy[];
  /** True when the question, the conversation or the caller names its cities. */
  named: boolean;
  /** True of one question of several in a message: it is answered with the one thing that answers it. */
  brief?: boolean;
}

/** What a step answers with; the assistant makes an Answer of it. */
export interface Draft {
  intent: Intent;
  answered: boolean;
  blocks: Block[];
  verdicts?: Verdict[];
  next?: Answer['next'];
  suggestions?: Answer['suggestions'];
}

/** A step of the plan: an answer, or null to let the next step try. */
export type Step = (kit: Kit, turn: Turn) => Draft | null;

/** A turn that is small talk and nothing else is no longer than this. */
export const SHORT = 20;

/** A text that names a city and nothing more is no longer than this. */
const ONLY_CITY = 12;

/** The small talk that asks for the last answer in fewer words. */
export const SHORTER = 'talk.shorter';

/** How much the question before weighs in the ranking of one that leans on it (measured on eval/questions). */
const CONTEXT_WEIGHT = 0.7;

/** How much a message with the part that only says who asks weighs beside what is asked. */
const ASKER_WEIGHT = 0.5;

/** How far below a letter's card an entry of the rules may rank and still go before it. */
const NEAR_LETTER = 0.75;

/** How much better by its words an entry must match than the condition that it goes before. */
const PLAINLY = 1.05;
/** Coverage by which an entry speaks of a question far better than a condition; or how much better its words match alone. */
const MORE = 0.2;
const FAR = 1.35;

/** Whether an entry speaks of a question far better than a condition. */
function better(entry: Ranked & { worded: number }, condition: Ranked & { worded: number }): boolean {
  return (
    entry.coverage >= condition.coverage + MORE ||
    (entry.worded >= condition.worded * FAR && entry.coverage >= condition.coverage)
  );
}

/** What every step works with. */
export class Kit {
  readonly cards: Cards;
  readonly cityWords: readonly string[];

  /** @param all how many cities there are, where the world is a view of some of them */
  constructor(
    readonly world: World,
    private readonly all = world.cities.size,
  ) {
    this.cards = new Cards(world);
    const words = world.library.policies.flatMap((p) => [
      p.meta.cityName,
      ...p.meta.cityWords,
      p.meta.shortTitle,
    ]);
    this.cityWords = [...new Set(words)].sort((a, b) => b.length - a.length);
  }

  /** The cities whose documents there are; of many the first ones, and how many there are. */
  cityNames(): string {
    return this.partial ? this.#among('cities.more') : [...this.world.cities.values()].join('、');
  }

  /** That only some of the cities were looked at, and which. */
  onlySome(): string {
    return this.#among('cities.some');
  }

  #among(key: string): string {
    const cities = [...this.world.cities.values()].join('、');
    return this.world.wording.say(key, { cities, count: this.all });
  }

  /** Whether there are cities that this one does not look at. */
  get partial(): boolean {
    return this.all > this.world.cities.size;
  }

  /** All documents of the cities in question, the informational ones too. */
  scope(turn: Turn): Policy[] {
    if (!turn.named) return [...this.world.library.policies];
    return this.world.library.policies.filter((p) => turn.policies.some((q) => q.meta.city === p.meta.city));
  }

  /** Whether a text names a document by its number, its short title or the kind of paper it is (答复, 指引). */
  namesDocument(policy: Policy, text: string): boolean {
    const { docNumber, shortTitle, cityName, alsoCalled } = policy.meta;
    if (alsoCalled.some((name) => text.includes(name))) return true;
    const number = docNumber?.replace(/[〔〕\s]/g, '') ?? null;
    if (number !== null && text.replace(/[〔〕[\]()（）\s]/g, '').includes(number)) return true;
    const kind = shortTitle.replace(cityName, '');
    return text.includes(shortTitle) || text.includes(kind) || text.includes(kind.slice(0, 2));
  }

  /** Whether a text names a district of a city, not the city. */
  namesDistrict(text: string): boolean {
    return this.world.library.policies.some(({ meta }) =>
      meta.cityWords.some(
        (w) =>
          w.length > 1 &&
          text.includes(w) &&
          !w.includes(meta.cityName) &&
          !(meta.docNumber ?? '').includes(w),
      ),
    );
  }

  readonly #figures = new Map<string, ReadonlySet<string>>();

  /** Every figure that a document prints, as “unit value”; read once a document. */
  figuresOf(policy: Policy): ReadonlySet<string> {
    const known = this.#figures.get(policy.meta.id);
    if (known) return known;
    const read = new Set(
      readQuantities(policy.text(0, policy.source.length)).map((q) => `${q.unit} ${q.value}`),
    );
    this.#figures.set(policy.meta.id, read);
    return read;
  }

  /** Whether a text names a city and nothing more (“那厦门呢”, “搬到厦门又怎么说”). */
  onlyCity(text: string): boolean {
    const rest = this.world.asking.besideCity(this.content(text));
    const bare = rest === '' || this.cityWords.some((w) => w.toLowerCase() === rest);
    return bare && text.length <= ONLY_CITY;
  }

  /** Whether a text asks for something of the last answer: its reasons, its wording, the short of it. */
  ofLastAnswer(text: string): boolean {
    const { language, asking } = this.world;
    return (
      language.why.test(text) ||
      language.originalOnly.test(text) ||
      asking.wantsOriginals(text) ||
      (text.length <= SHORT && asking.talk(text) === SHORTER)
    );
  }

  content(text: string): string {
    return this.cards.content({ text }, this.cityWords);
  }

  /** Cards for words alone, of the cities they name. */
  cardsFor(text: string, k: number): Ranked[] {
    const cities = this.world.book.find(text).map((c) => c.value);
    const policies = this.world.library.policies.filter(
      (p) => cities.length === 0 || cities.includes(p.meta.city),
    );
    return this.cards.search(
      this.content(text),
      policies.map((p) => p.meta.id),
      k,
    );
  }

  #ranked = new WeakMap<Turn, Ranked[]>();

  /** Cards by how well they answer this question: words first, then what kind of thing is asked for. */
  rank(turn: Turn): Ranked[] {
    const known = this.#ranked.get(turn);
    if (known) return known;
    const { u } = turn;
    const scope = this.scope(turn).map((p) => p.meta.id);
    const asked = this.world.everyday.asked(u.text);
    const searched = (text: string | null) =>
      text === null ? [] : this.cards.search(this.content(text), scope);
    // What is asked goes before who asks it (“我是某地一个鞋厂，联合体怎么弄”).
    const own = this.#withContext(searched(asked), asked === u.text ? [] : searched(u.text), ASKER_WEIGHT);
    const found = this.#withContext(own, searched(turn.context), CONTEXT_WEIGHT);
    const most = Math.max(...found.map((r) => r.score));
    const byFit = found
      .map((r) => ({ ...r, score: r.score * this.#fit(r.card, turn, r.score >= most), worded: r.score }))
      .sort((a, b) => b.score - a.score);
    // A condition that shares a fact's name gives way to an entry that speaks of the question far better.
    const [top] = byFit;
    const plainly =
      top?.card.kind === 'criterion'
        ? byFit.find((r) => r.card.kind === 'entry' && r.worded >= top.worded * PLAINLY && better(r, top))
        : undefined;
    const ranked = plainly
      ? [{ ...plainly, score: top!.score }, ...byFit.filter((r) => r !== plainly)]
      : byFit;
    const said = this.#rulesFirst(ranked, asked);
    this.#ranked.set(turn, said);
    return said;
  }

  /** The ranking with an entry of the rules before a letter that is not named, where it speaks of all that the letter's card does. */
  #rulesFirst(ranked: Ranked[], asked: string): Ranked[] {
    const [top] = ranked;
    const letter = (r: Ranked) => r.card.policy.meta.kind === 'informational';
    if (!top || !letter(top) || this.namesDocument(top.card.policy, asked)) return ranked;
    const content = this.content(asked);
    const missed = this.cards.missing(content, top.card);
    const rule = ranked
      .slice(0, 6)
      .find((r) => r.card.kind === 'entry' && !letter(r) && r.score >= top.score * NEAR_LETTER);
    if (!rule || this.cards.missing(content, rule.card).some((w) => !missed.includes(w))) return ranked;
    return [{ ...rule, score: top.score }, ...ranked.filter((r) => r !== rule)];
  }

  /** Cards for a question and for the one it leans on, in one order: what both speak of comes first. */
  #withContext(found: Ranked[], before: readonly Ranked[], weight: number): Ranked[] {
    if (before.length === 0) return found;
    const top = found[0]?.score ?? 1;
    const most = before[0]!.score;
    const merged = new Map(found.map((r) => [r.card.id, { ...r, score: r.score / top }]));
    for (const r of before) {
      const own = merged.get(r.card.id);
      const score = (weight * r.score) / most;
      if (own)
        merged.set(r.card.id, {
          ...own,
          score: own.score + score,
          coverage: Math.max(own.coverage, r.coverage),
        });
      else merged.set(r.card.id, { ...r, score });
    }
    return [...merged.values()].sort((a, b) => b.score - a.score);
  }

  /** @param nearest true for the card that matches best by its words */
  #fit(card: Card, turn: Turn, nearest: boolean): number {
    const { u } = turn;
    const benefits = this.world.language.benefits.test(u.text);
    if (card.kind === 'clause') return 0.7;
    if (card.kind === 'criterion') {
      let fit = card.criterion.strength === 'judgement' ? 0.8 : 1;
      if (card.criterion.facts.some((f) => u.asked.includes(f))) {
        fit *= 1.25;
        if (
          u.intents.has('threshold') ||
          u.intents.has('eligibility') ||
          (u.wants.has('amount') && !benefits)
        )
          fit *= 1.3;
      }
      return benefits && !u.intents.has('threshold') ? fit * 0.6 : fit;
    }
    const kind = this.world.topics.get(card.entry.topic)?.kind;
    let fit = 1;
    if (benefits && (kind === 'support' || kind === 'reward')) fit *= 1.25;
    const counted = u.wants.has('amount') || this.world.asking.is('counted', u.text);
    if (counted && (card.entry.figures.length > 0 || (nearest && card.entry.silent))) fit *= 1.1;
    if (u.wants.has('time') && (card.entry.when !== null || kind === 'deadline')) fit *= 1.15;
    if (u.wants.has('how') && kind === 'procedure') fit *= 1.15;
    // The letter only informs: it speaks first where it is named.
    if (card.policy.meta.kind === 'informational') {
      if (this.namesDocument(card.policy, u.text)) return fit * 1.3;
      // 要几所高校: it demands nothing.
      fit *= u.intents.has('threshold') ? 0.7 : 0.9;
    }
    return fit;
  }
}

/** An answer of one sentence. */
export function plain(intent: Intent, text: string, answered = true): Draft {
  return { intent, answered, blocks: [{ kind: 'lead', text, cites: [] }] };
}
