import type { Policy } from '../knowledge/index.js';
import { readQuantities } from '../quantity/index.js';
import type { Verdict } from '../rules/index.js';
import type { Conversation, Understanding } from '../understanding/index.js';
import { Cards, type Ranked } from './cards.js';
import type { Evidence } from './evidence.js';
import { rankCards } from './ranking.js';
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
    // A letter of Latin script says less than a Chinese one.
    return bare && text.replace(/[a-z ]{2}/gu, '-').length <= ONLY_CITY;
  }

  /** Whether a text asks for something of the last answer: its reasons, its wording, the short of it. */
  ofLastAnswer(text: string): boolean {
    const { language, asking } = this.world;
    return (
      language.why.test(text) ||
      language.originalOnly.test(text) ||
      this.world.following.nth(text) !== null ||
      this.world.following.is('rest', text) ||
      this.world.following.is('again', text) ||
      asking.wantsOriginals(text) ||
      (text.length <= SHORT && asking.talk(text) === SHORTER)
    );
  }

  /** What a text is about, without cities and words that name nothing. */
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

  /** Cards by how well they answer this question, ranked once a turn. @see rankCards */
  rank(turn: Turn): Ranked[] {
    const known = this.#ranked.get(turn);
    if (known) return known;
    const scope = this.scope(turn).map((p) => p.meta.id);
    const ranked = rankCards(this, turn, scope);
    this.#ranked.set(turn, ranked);
    return ranked;
  }
}

/** An answer of one sentence. */
export function plain(intent: Intent, text: string, answered = true): Draft {
  return { intent, answered, blocks: [{ kind: 'lead', text, cites: [] }] };
}
