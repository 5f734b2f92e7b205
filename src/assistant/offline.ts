import { randomUUID } from 'node:crypto';
import { readQuantities, todayIso } from '../quantity/index.js';
import { writeFacts } from '../rules/index.js';
import {
  type Conversation,
  emptyConversation,
  normalise,
  type Understanding,
} from '../understanding/index.js';
import { toldOf } from './asking/reverse.js';
import { ASIDE, withoutSupposed } from './asking/supposed.js';
import { englishBlock } from './compose/english.js';
import { advance, focusOf, replay } from './conversation.js';
import { Evidence } from './evidence.js';
import { type Planned, several } from './several.js';
import { apart } from './steps/apart.js';
import { calculation } from './steps/calculation.js';
import { comparison } from './steps/compare.js';
import { costs, demanded } from './steps/demanded.js';
import { clause, originals, repealed, status } from './steps/documents.js';
import { eligibility, why } from './steps/eligibility.js';
import { everyday } from './steps/everyday.js';
import { lookup } from './steps/look.js';
import { mentioned } from './steps/mentioned.js';
import { remainder, spread } from './steps/remainder.js';
import { reverse } from './steps/reverse.js';
import { scores } from './steps/scores.js';
import { sums } from './steps/sums.js';
import {
  decline,
  elsewhere,
  empty,
  openFigure,
  reach,
  remembered,
  smalltalk,
  takeBack,
  talk,
  unknownNumber,
  whichCity,
} from './steps/talk.js';
import { conditions, premise, strictness } from './steps/threshold.js';
import { notCovered, untold } from './steps/untold.js';
import { ofTheWorld } from './steps/worldly.js';
import { renderText } from './text.js';
import { type Draft, type Kit, plain, type Step, type Turn } from './turn.js';
import type { Answer, AskOptions, AskRequest, Assistant, Turn as Said } from './types.js';
import { Views } from './views.js';
import type { World } from './world.js';

/** Longest question that is read; the rest of a longer one is left and the answer says so. */
const LONGEST = 2000;
/** How much of a conversation is read: turns, and characters of the user's. */
const TURNS = 200;
const READ = 20_000;

/** The plan: the first step that has an answer gives it. */
const STEPS: readonly Step[] = [
  empty,
  talk,
  smalltalk,
  takeBack,
  remembered,
  why,
  originals,
  repealed,
  unknownNumber,
  elsewhere,
  untold,
  ofTheWorld,
  scores,
  clause,
  reverse,
  calculation,
  sums,
  remainder,
  spread,
  apart,
  premise,
  strictness,
  demanded,
  costs,
  reach,
  mentioned,
  notCovered,
  comparison,
  whichCity,
  everyday,
  eligibility,
  status,
  conditions,
  openFigure,
  lookup,
  decline,
];

/** Answers without a language model: deterministic reading, rules, entries, clauses. The same input gives the same answer. */
export class OfflineAssistant implements Assistant {
  readonly #views: Views;
  readonly #focus: ReturnType<typeof focusOf>;

  constructor(
    private readonly world: World,
    views = new Views(world),
  ) {
    this.#views = views;
    this.#focus = focusOf(world);
  }

  async ask(request: AskRequest, options: AskOptions = {}): Promise<Answer> {
    const { world } = this;
    const asOf = request.asOf ?? todayIso();
    const question = world.asking.withoutPreface(request.question.slice(0, LONGEST));
    // Read again turn by turn, so what is read has an end: a long conversation begins where its latest turns do.
    const history = latest(request.history ?? []);
    const forgets = world.language.forget.test(question);
    const before = forgets ? emptyConversation() : replay(world, history, asOf, request.known);
    const u = this.#meant(this.#read(question, before, history, asOf));
    const now = advance(before, u, world.language.unknownAnswer, world.language.forgetOne);
    const only = request.policy ? world.library.policy(request.policy) : null;
    const all = u.cities.length === 0 && world.asking.is('everywhere', u.text);
    const found = world.book.find(u.text);
    const asked = all ? [] : askedCities(u, now.policies, found);
    const kit = this.#views.of(
      [...asked, ...(only ? [only.meta.city] : []), ...found.map((f) => f.value)],
      u.text,
    );
    const cities = all ? [...kit.world.cities.keys()] : asked;
    const context = this.#context(kit, u, history, asOf);
    const turn: Turn = {
      u,
      before,
      now,
      history,
      context,
      contextAsked: context === null ? [] : world.reader.read(context, before, asOf, this.#focus).asked,
      previous: await this.#previous(u.text, history, asOf),
      asOf,
      evidence: new Evidence(),
      policies: only ? [only] : kit.world.rulesOf(cities),
      named: only !== null || cities.length > 0,
    };
    const { draft, step } =
      forgets && u.mentions.length === 0
        ? { draft: plain('clarify', world.wording.say('clarify.forgotten')), step: 'forget' }
        : this.#draft(kit, turn);
    // Of many cities an answer without one shows the first few, and says so.
    if (kit.partial && (all || !turn.named) && turn.evidence.citations.length > 0)
      draft.blocks.push({
        kind: 'note',
        text: kit.onlySome(),
        cites: [],
      });
    if (request.question.length > LONGEST)
      draft.blocks.unshift({ kind: 'note', text: world.wording.say('decline.long'), cites: [] });
    options.onTrace?.({
      step,
      understood: {
        policies: [...now.policies],
        intents: [...u.intents],
        facts: writeFacts(now.facts, world.vocabulary),
      },
      tools: [],
      guard: [],
    });
    if (u.english) {
      const { intent, answered, blocks, verdicts = [] } = draft;
      const { citations } = turn.evidence;
      const line = englishBlock(kit.world, {
        intent,
        answered,
        blocks,
        citations,
        verdicts,
        asked: u.asked,
        asOf,
      });
      if (line) draft.blocks.push(line);
    }
    return this.#answer(request, turn, draft);
  }

  /** The last answer, given again from the same history: an answer is a function of what was said. */
  async #previous(text: string, history: readonly Said[], asOf: string): Promise<Answer | null> {
    const { home } = this.#views;
    if (!home.ofLastAnswer(text)) return null;
    const at = history.findLastIndex((t) => t.role === 'user' && !home.ofLastAnswer(t.text));
    return at < 0 ? null : this.ask({ question: history[at]!.text, history: history.slice(0, at), asOf });
  }

  #draft(kit: Kit, turn: Turn): Planned {
    const { reader } = this.world;
    const read = (text: string) => this.#meant(reader.read(text, turn.before, turn.asOf, this.#focus));
    const { draft, step } =
      several(kit, turn, read, (part) => this.#plan(kit, part)) ?? this.#plan(kit, turn);
    return { draft: this.#resumed(turn, draft), step };
  }

  #plan(kit: Kit, turn: Turn): Planned {
    for (const step of STEPS) {
      const draft = step(kit, turn);
      if (draft) return { draft, step: step.name };
    }
    throw new Error('the last step of the plan always answers');
  }

  /** A question asked in the middle of telling one's case is answered, and what was asked of the user is asked again. */
  #resumed(turn: Turn, draft: Draft): Draft {
    const { pending } = turn.now;
    if (pending === null || draft.next || draft.intent === 'clarify' || draft.intent === 'smalltalk')
      return draft;
    const spec = this.world.vocabulary.get(pending)!;
    const text = this.world.wording.say('verdict.resume', { question: spec.question });
    return {
      ...draft,
      blocks: [...draft.blocks, { kind: 'para', text, cites: [] }],
      next: { fact: pending, question: spec.question },
    };
  }

  /** What was read, with the facts that such a question means where its words name others too. */
  #meant(read: Understanding): Understanding {
    const { asking } = this.world;
    const u = withoutSupposed(asking, toldOf(asking.reverse(read.text), read));
    const meant = asking.meant(u.text);
    return meant === null || u.mentions.some((m) => !ASIDE.has(m.fact)) ? u : { ...u, asked: [...meant] };
  }

  /** Reads the question; one that only names a city (“那厦门呢”) repeats the last question for that city. */
  #read(question: string, before: Conversation, history: AskRequest['history'], asOf: string): Understanding {
    const { reader } = this.world;
    const u = reader.read(question, before, asOf, this.#focus);
    const last = this.#lastWhole(history ?? []);
    if (
      last === null ||
      u.cities.length === 0 ||
      u.mentions.some((m) => m.fact !== 'lead.city') ||
      u.asked.length > 0
    )
      return u;
    const lastRead = reader.read(last, before, asOf, this.#focus);
    const telling = lastRead.asked.length === 0 && before.facts.size > 0;
    if (telling && (lastRead.mentions.length > 0 || before.pending !== null)) return u;
    // 温州那边呢, after a case: the case is judged there, whatever the question named besides.
    const told = lastRead.mentions.some((m) => m.fact !== 'lead.kind' && m.fact !== 'lead.city');
    if (told && before.facts.size > 0) return u;
    const other = this.#otherFigure(u, lastRead);
    if (!this.#elliptic(u.text) && other === null) return u;
    let text = (other ?? last).toLowerCase();
    for (const w of this.#views.ofText(text).kit.cityWords) text = text.replaceAll(w.toLowerCase(), '');
    const again = reader.read(text, before, asOf, this.#focus);
    return { ...again, cities: u.cities, mentions: u.mentions, followUp: true };
  }

  /** “厦门5亿是硬性的吗？泉州2亿呢”: the last question with the figure put up now in the place of the one put up then; else null. */
  #otherFigure(u: Understanding, last: Understanding): string | null {
    const [before, another] = last.premises;
    const [figure, more] = readQuantities(u.text);
    if (!before || another || !figure || more || figure.unit !== before.unit) return null;
    const rest = `${u.text.slice(0, figure.outerStart)}${u.text.slice(figure.outerEnd)}`;
    return this.#elliptic(rest) ? last.text.replace(before.text, figure.text) : null;
  }

  /** The question that this one leans on; null when it stands alone, tells a case or has none before it. */
  #context(kit: Kit, u: Understanding, history: readonly Said[], asOf: string): string | null {
    if (history.length === 0 || u.mentions.some((m) => m.fact !== 'lead.kind')) return null;
    if (u.cities.length > 0 || !this.world.asking.is('leans', u.text)) return null;
    const last = this.#lastWhole(history);
    // 几次不合格会被撤销, after a case: what names its own thing does not lean on figures told.
    const own = last !== null && kit.cards.namesAThing(kit.content(u.text));
    // 首席科学家谁来当: the thing is named, and so is what is asked of it.
    if (own && this.world.asking.details(u.text).includes('who')) return null;
    const told = own ? this.world.reader.read(last, emptyConversation(), asOf, this.#focus).mentions : [];
    return told.some((m) => m.fact !== 'lead.kind' && m.fact !== 'lead.city') ? null : last;
  }

  /** Whether a text only names a city, or asks why or for the words: it leans on the question before. */
  #elliptic(text: string): boolean {
    const { language } = this.world;
    if (language.why.test(text) || language.originalOnly.test(text)) return true;
    return this.#views.ofText(text).kit.onlyCity(text);
  }

  /** The user's last question with a subject of its own; null when there is none. */
  #lastWhole(history: readonly Said[]): string | null {
    const said = history.filter((t) => t.role === 'user').map((t) => normalise(t.text));
    return said.findLast((text) => !this.#elliptic(text)) ?? null;
  }

  #answer(request: AskRequest, turn: Turn, draft: Draft): Answer {
    const { world } = this;
    const name = (id: string): string => {
      const { docNumber, title } = world.library.policy(id)!.meta;
      return docNumber ?? title;
    };
    return {
      id: request.id ?? randomUUID(),
      question: request.question,
      asOf: turn.asOf,
      intent: draft.intent,
      mode: 'offline',
      answered: draft.answered,
      text: renderText(draft.blocks, turn.evidence.citations, world.wording, name),
      blocks: draft.blocks,
      facts: writeFacts(turn.now.facts, world.vocabulary),
      verdicts: draft.verdicts ?? [],
      citations: turn.evidence.citations,
      next: draft.next ?? null,
      suggestions: draft.suggestions ?? [],
    };
  }
}

/** The latest turns of a conversation, as many as are read. */
function latest(history: readonly Said[]): Said[] {
  let left = READ;
  const from = history.findLastIndex((turn, i) => {
    left -= turn.role === 'user' ? Math.min(turn.text.length, LONGEST) + 1 : 1;
    return left < 0 || history.length - i > TURNS;
  });
  return history
    .slice(from + 1)
    .map((t) =>
      t.text.length > LONGEST && t.role === 'user' ? { ...t, text: t.text.slice(0, LONGEST) } : t,
    );
}

/**
 * The cities whose rules are asked for. A city that only tells where the asker is (“注册在甲市的公司能在乙市牵头吗”) is not
 * one of them while another is named.
 */
function askedCities(
  u: Understanding,
  remembered: readonly string[],
  named: readonly { value: string; start: number; end: number }[],
): readonly string[] {
  if (u.cities.length === 0) return remembered;
  const seat = u.mentions.find((m) => m.fact === 'lead.city');
  // 泉州跟厦门两边，晋江注册: named once more, apart from the seat.
  const again = named.filter((n) => seat?.value.type === 'enum' && n.value === seat.value.value);
  if (seat && again.some((n) => n.end <= seat.start || n.start >= seat.end)) return u.cities;
  const others = u.cities.filter((c) => seat?.value.type !== 'enum' || c !== seat.value.value);
  return others.length > 0 && others.length < u.cities.length ? others : u.cities;
}
