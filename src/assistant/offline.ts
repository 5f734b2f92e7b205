import { randomUUID } from 'node:crypto';
import { todayIso } from '../quantity/index.js';
import { writeFacts } from '../rules/index.js';
import { emptyConversation } from '../understanding/index.js';
import type { Planned } from './added.js';
import { askedCities } from './asking/cities.js';
import { englishBlock } from './compose/english.js';
import { advance, focusOf, replay } from './conversation.js';
import { Evidence } from './evidence.js';
import { LONGEST, latest } from './latest.js';
import { Leaning } from './leaning.js';
import { planned } from './plan.js';
import { several } from './several.js';
import { renderText } from './text.js';
import { toAsk } from './to-ask.js';
import { type Draft, type Kit, plain, type Turn } from './turn.js';
import type { Answer, AskOptions, AskRequest, Assistant, Turn as Said } from './types.js';
import { Views } from './views.js';
import type { World } from './world.js';

/** Answers without a language model: deterministic reading, rules, entries, clauses. The same input gives the same answer. */
export class OfflineAssistant implements Assistant {
  readonly #views: Views;
  readonly #focus: ReturnType<typeof focusOf>;
  readonly #leaning: Leaning;

  constructor(
    private readonly world: World,
    views = new Views(world),
  ) {
    this.#views = views;
    this.#focus = focusOf(world);
    this.#leaning = new Leaning(world, views, this.#focus);
  }

  async ask(request: AskRequest, options: AskOptions = {}): Promise<Answer> {
    const { world } = this;
    const asOf = request.asOf ?? todayIso();
    const question = world.asking.withoutPreface(request.question.slice(0, LONGEST));
    // Read again turn by turn, so what is read has an end: a long conversation begins where its latest turns do.
    const history = latest(request.history ?? []);
    const forgets = world.language.forget.test(question);
    const before = forgets ? emptyConversation() : replay(world, history, asOf, request.known);
    const u = this.#leaning.read(question, before, history, asOf);
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
    const context = this.#leaning.context(kit, u, history, asOf);
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
    const read = (text: string) =>
      this.#leaning.meant(reader.read(text, turn.before, turn.asOf, this.#focus));
    const { draft, step } = several(kit, turn, read, (part) => planned(kit, part)) ?? planned(kit, turn);
    return { draft: this.#resumed(turn, draft), step };
  }

  /** A question asked in the middle of telling one's case is answered, and what was asked of the user is asked again. */
  #resumed(turn: Turn, draft: Draft): Draft {
    const { pending } = turn.now;
    if (pending === null || draft.next || draft.intent === 'clarify' || draft.intent === 'smalltalk')
      return draft;
    const { question } = toAsk(this.world, pending, turn.policies);
    const text = this.world.wording.say('verdict.resume', { question });
    return {
      ...draft,
      blocks: [...draft.blocks, { kind: 'para', text, cites: [] }],
      next: { fact: pending, question },
    };
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
