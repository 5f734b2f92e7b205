import { randomUUID } from 'node:crypto';
import type { Policy } from '../knowledge/index.js';
import { todayIso, writeDate } from '../quantity/index.js';
import { check, type Criterion, type FactValue, type Subject, type Verdict, writeFacts } from '../rules/index.js';
import type { Conversation, Understanding } from '../understanding/index.js';
import { emptyConversation } from '../understanding/index.js';
import { type Card, Cards, entriesOn, type Ranked } from './cards.js';
import { clauseNamed } from './clauses.js';
import { conditionBlocks, criteriaOn, requirementLine, thresholdBlocks } from './compose/requirements.js';
import { repealedNamed, statusBlocks } from './compose/status.js';
import { type Said, topicBlocks } from './compose/topics.js';
import { statusFirst, verdictBlocks } from './compose/verdicts.js';
import { advance, focusOf, replay, subjectsOf } from './conversation.js';
import { Evidence } from './evidence.js';
import { renderText } from './text.js';
import type { Answer, AskRequest, Assistant, Block, Intent } from './types.js';
import type { World } from './world.js';

/** Longest question that is read whole; the rest of a longer one is left and the answer says so. */
const LONGEST = 2000;
/** Below this share of informative words covered, a card does not answer the question. */
const COVERED = 0.42;

/** What a turn works with. */
interface Turn {
  u: Understanding;
  before: Conversation;
  now: Conversation;
  asOf: string;
  evidence: Evidence;
  policies: Policy[];
  /** True when the question (or the caller) names its cities. */
  named: boolean;
}

interface Draft {
  intent: Intent;
  answered: boolean;
  blocks: Block[];
  verdicts?: Verdict[];
  next?: Answer['next'];
  suggestions?: Answer['suggestions'];
}

/** Answers without a language model: deterministic reading, rules, entries, clauses. The same input gives the same answer. */
export class OfflineAssistant implements Assistant {
  readonly #cards: Cards;
  readonly #cityWords: string[];
  readonly #focus: ReturnType<typeof focusOf>;

  constructor(private readonly world: World) {
    this.#cards = new Cards(world);
    this.#focus = focusOf(world);
    this.#cityWords = [
      ...new Set(world.library.policies.flatMap((p) => [p.meta.cityName, ...p.meta.cityWords, p.meta.shortTitle])),
    ].sort((a, b) => b.length - a.length);
  }

  async ask(request: AskRequest): Promise<Answer> {
    const asOf = request.asOf ?? todayIso();
    const { world } = this;
    const forget = world.language.forget.test(request.question.slice(0, LONGEST));
    const before = forget ? emptyConversation() : replay(world, request.history ?? [], asOf);
    const u = world.reader.read(request.question.slice(0, LONGEST), before, asOf, this.#focus);
    const now = advance(before, u);
    const only = request.policy ? world.library.policy(request.policy) : null;
    const cities = u.cities.length > 0 ? u.cities : now.policies;
    const policies = only ? [only] : world.rulesOf(cities);
    const turn: Turn = { u, before, now, asOf, evidence: new Evidence(), policies, named: only !== null || cities.length > 0 };
    const draft = forget ? this.#plain('clarify', world.wording.say('clarify.forgotten')) : this.#draft(turn);
    if (request.question.length > LONGEST) draft.blocks.unshift({ kind: 'note', text: world.wording.say('decline.long'), cites: [] });
    return {
      id: request.id ?? randomUUID(),
      question: request.question,
      asOf,
      intent: draft.intent,
      mode: 'offline',
      answered: draft.answered,
      text: renderText(draft.blocks, turn.evidence.citations, world.wording, (id) => {
        const meta = world.library.policy(id)!.meta;
        return meta.docNumber ?? meta.title;
      }),
      blocks: draft.blocks,
      facts: writeFacts(now.facts, world.vocabulary),
      verdicts: draft.verdicts ?? [],
      citations: turn.evidence.citations,
      next: draft.next ?? null,
      suggestions: draft.suggestions ?? [],
    };
  }

  #plain(intent: Intent, text: string, answered = true): Draft {
    return { intent, answered, blocks: [{ kind: 'lead', text, cites: [] }] };
  }

  #cityNames(): string {
    return [...this.world.cities.values()].join('、');
  }

  /** The plan, in order: the first step that has an answer gives it. */
  #draft(turn: Turn): Draft {
    const { u } = turn;
    const { wording, language } = this.world;
    if (u.text === '' || !/[\p{L}\p{N}]/u.test(u.text)) return this.#plain('clarify', wording.say('decline.empty'), false);
    if (u.intents.has('smalltalk')) return this.#plain('smalltalk', wording.say('smalltalk', { cities: this.#cityNames() }));
    if (language.remember.test(u.text)) return this.#remembered(turn);
    return (
      this.#repealed(turn) ??
      this.#elsewhere(turn) ??
      this.#clause(turn) ??
      this.#eligibility(turn) ??
      this.#status(turn) ??
      this.#conditions(turn) ??
      this.#looked(turn) ??
      this.#decline(turn)
    );
  }

  #remembered(turn: Turn): Draft {
    const { wording, vocabulary } = this.world;
    const facts = writeFacts(turn.before.facts, vocabulary);
    const items = Object.entries(facts).map(([id, value]) => `${vocabulary.get(id)!.label}：${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
    return this.#plain('clarify', items.length === 0 ? wording.say('clarify.rememberedNone') : wording.say('clarify.remembered', { items: items.join('；') }));
  }

  #repealed(turn: Turn): Draft | null {
    const old = repealedNamed(this.world, turn.u.text);
    if (!old) return null;
    const { meta } = old.policy;
    const text = this.world.wording.say('policyStatus.repealed', {
      old: `《${old.title}》${old.docNumber ? `（${old.docNumber}）` : ''}`,
      title: `《${meta.title}》`,
      docNumber: meta.docNumber ?? '',
      date: meta.effective ? `（${writeDate(meta.effective)}起）` : '',
    });
    const anchors = (this.world.entries.get(meta.id) ?? []).filter((e) => e.topic === 'status.repeal').flatMap((e) => e.at);
    const cites = anchors.map((a) => turn.evidence.cite(old.policy, a.clause, a.quote));
    return { intent: 'status', answered: true, blocks: [{ kind: 'lead', text, cites }, ...statusBlocks(this.world, turn.evidence, old.policy, turn.asOf)] };
  }

  /** A place that no document covers is said not to be covered. */
  #elsewhere(turn: Turn): Draft | null {
    const { u } = turn;
    const own = u.mentions.some((m) => m.fact === 'lead.city' || m.fact === 'lead.main_site_city');
    if (u.elsewhere.length === 0 || u.cities.length > 0 || (own && turn.named)) return null;
    const text = this.world.wording.say('decline.elsewhere', { places: [...new Set(u.elsewhere)].join('、'), cities: this.#cityNames() });
    return this.#plain('out_of_scope', text, false);
  }

  #clause(turn: Turn): Draft | null {
    const named = clauseNamed(this.world, turn.u, turn.policies);
    if (named === null) return null;
    const { wording } = this.world;
    const blocks: Block[] = named.flatMap(({ policy, clause }): Block[] => {
      const cite = turn.evidence.cite(policy, clause.label, clause.text.replace(/\n/g, ''));
      const head = wording.say('clause.head', { doc: policy.meta.title, clause: clause.label });
      const status = statusFirst(this.world, policy, turn.asOf);
      return [
        { kind: 'lead', text: head, cites: [] },
        ...(status ? [{ kind: 'note' as const, text: status, cites: [] }] : []),
        { kind: 'quote', text: policy.text(clause.start, clause.endAll), cites: [cite] },
      ];
    });
    return { intent: 'policy', answered: true, blocks };
  }

  #eligibility(turn: Turn): Draft | null {
    const { u, now } = turn;
    const { language } = this.world;
    const joining = language.joining.test(u.text) && !/牵头/.test(u.text);
    const figures = u.mentions.filter((m) => m.fact !== 'lead.city' && m.fact !== 'lead.main_site_city');
    const asksVerdict = u.intents.has('eligibility');
    const answering = turn.before.pending !== null && u.mentions.some((m) => m.fact === turn.before.pending);
    const going = turn.before.facts.size > 0 && (u.followUp || u.cities.length > 0) && (u.mentions.length > 0 || /^(那|那么|如果是|换成)/.test(u.text)) && u.asked.length === 0;
    const statedOnly = figures.length >= 2 && u.asked.length === 0 && !u.intents.has('threshold');
    const general = asksVerdict && /牵头|申报|资格|符合|报/.test(u.text) && u.mentions.length > 0;
    const anyMention = asksVerdict && figures.length > 0;
    if (joining && figures.length < 2) return null;
    if (language.benefits.test(u.text) && figures.length < 2 && !/资格|符合|能牵头|能不能牵头|可以牵头/.test(u.text)) return null;
    const bare = asksVerdict && u.personal && /(牵头|申报|资格|条件)/.test(u.text) && u.asked.length === 0 && /(能|可以|够|符合|资格)/.test(u.text) && u.text.length <= 24;
    if (!(answering || going || statedOnly || general || anyMention || bare)) return null;
    const subjects = subjectsOf(this.world, u, turn.before);
    const facts = new Map<string, FactValue>(now.facts);
    const assumed = assumedKind(this.world, facts);
    if (assumed) facts.set('lead.kind', { type: 'enum', value: assumed });
    const verdicts: Verdict[] = [];
    const blocks: Block[] = [];
    for (const policy of turn.policies) {
      const criteria = this.world.criteria.get(policy.meta.id) ?? [];
      for (const subject of subjects) {
        if (!criteria.some((c) => c.subject === subject)) continue;
        const verdict = check(criteria, this.world.vocabulary, {
          policy: policy.meta.id,
          subject,
          asOf: turn.asOf,
          status: this.world.statusOf(policy, turn.asOf),
          facts,
        });
        verdicts.push(verdict);
        blocks.push(...verdictBlocks(this.world, turn.evidence, policy, verdict, turn.policies.length > 1 || subjects.length > 1 || true));
      }
    }
    if (verdicts.length === 0) return null;
    if (assumed) {
      const label = this.world.vocabulary.get('lead.kind')!.values.find((v) => v.id === assumed)!.label;
      blocks.push({ kind: 'note', text: this.world.wording.say('verdict.assumedKind', { kind: label }), cites: [] });
    }
    const open = u.open[0];
    if (open) blocks.unshift({ kind: 'note', text: this.world.wording.say('clarify.figure', { text: open.text }), cites: [] });
    const next = verdicts.map((v) => v.next).find((f) => f !== null) ?? null;
    const spec = next === null ? null : this.world.vocabulary.get(next)!;
    if (spec) blocks.push({ kind: 'para', text: this.world.wording.say('verdict.next', { question: spec.question, example: spec.example }), cites: [] });
    return {
      intent: 'eligibility',
      answered: true,
      blocks,
      verdicts,
      next: spec ? { fact: spec.id, question: spec.question } : null,
      suggestions: spec ? suggestionsFor(spec) : [],
    };
  }

  #status(turn: Turn): Draft | null {
    const { u } = turn;
    if (!u.intents.has('status')) return null;
    const ranking = this.#rank(turn);
    const top = ranking[0]?.card;
    const topic = top?.kind === 'entry' ? top.entry.topic : null;
    if (topic !== null && !topic.startsWith('status.') && ranking[0]!.coverage > 0.75) return null;
    if (/备案|资格|称号|联合体(的)?有效/.test(u.text)) return null;
    const policies = turn.named ? turn.policies : this.world.rulesOf([]);
    const blocks = policies.flatMap((p) => statusBlocks(this.world, turn.evidence, p, turn.asOf));
    return { intent: 'status', answered: true, blocks };
  }

  #conditions(turn: Turn): Draft | null {
    const { u } = turn;
    if (!this.world.language.conditions.test(u.text)) return null;
    if (u.asked.some((f) => this.world.vocabulary.get(f)!.type !== 'enum' && !['consortium.units_total', 'consortium.enterprises', 'lead.revenue_last_year'].includes(f)) ) return null;
    if (/(参与|成员|加入|参加)/.test(u.text) && !/牵头/.test(u.text)) return null;
    const subject: Subject = this.world.language.talentWords.test(u.text) ? 'talent-consortium' : this.world.language.consortiumWords.test(u.text) && !/牵头/.test(u.text) ? 'consortium' : 'lead';
    const kind = turn.now.facts.get('lead.kind');
    const blocks = turn.policies.flatMap((p) => conditionBlocks(this.world, turn.evidence, p, subject, kind?.type === 'enum' ? kind.value : null, turn.asOf));
    if (blocks.length === 0) return null;
    return { intent: turn.policies.length > 1 && turn.named ? 'comparison' : 'threshold', answered: true, blocks };
  }

  #rank(turn: Turn): Ranked[] {
    const content = this.#cards.content(turn.u, this.#cityWords);
    const ids = turn.named ? this.world.library.policies.filter((p) => turn.policies.some((q) => q.meta.city === p.meta.city)).map((p) => p.meta.id) : this.world.library.policies.map((p) => p.meta.id);
    const ranked = this.#cards.search(content, ids);
    const { u } = turn;
    const { language } = this.world;
    const benefits = language.benefits.test(u.text);
    const bonus = (card: Card): number => {
      let b = 1;
      if (card.kind === 'criterion') {
        const asked = card.criterion.facts.some((f) => u.asked.includes(f));
        if (asked) b *= 1.25;
        if (asked && (u.intents.has('threshold') || u.wants.has('amount'))) b *= 1.3;
        if (benefits && !u.intents.has('threshold')) b *= 0.6;
        if (card.criterion.strength === 'judgement') b *= 0.8;
      } else if (card.kind === 'entry') {
        const topic = this.world.topics.get(card.entry.topic);
        if (benefits && topic && ['support', 'reward'].includes(topic.kind)) b *= 1.25;
        if (u.wants.has('amount') && card.entry.figures.length > 0) b *= 1.1;
        if (u.wants.has('time') && (card.entry.when !== null || topic?.kind === 'deadline')) b *= 1.15;
        if (u.wants.has('how') && topic?.kind === 'procedure') b *= 1.15;
      } else b *= 0.7;
      return b;
    };
    return ranked.map((r) => ({ ...r, score: r.score * bonus(r.card) })).sort((a, b) => b.score - a.score);
  }

  /** Thresholds and entries found by what is asked; a wrong premise is corrected first. */
  #looked(turn: Turn): Draft | null {
    const { u } = turn;
    const ranking = this.#rank(turn);
    const best = ranking[0];
    const askedCriteria = turn.policies.flatMap((p) => criteriaOn(this.world, p, u.asked, null));
    const premise = u.premises.find((p) => p.fact !== null);
    if (premise?.fact) return this.#threshold(turn, [premise.fact], premise.text);
    if (!best || (best.coverage < COVERED && !(askedCriteria.length > 0 && u.intents.has('threshold')))) return null;
    if (best.card.kind === 'criterion' || (askedCriteria.length > 0 && u.intents.has('threshold') && best.card.kind === 'clause')) {
      const direct = u.asked.filter((f) => askedCriteria.some((c) => c.facts.includes(f)));
      const facts = direct.length > 0 ? direct : best.card.kind === 'criterion' ? [...best.card.criterion.facts] : [];
      if (facts.length > 0) return this.#threshold(turn, facts, null);
    }
    if (best.card.kind === 'entry') return this.#topic(turn, best.card.entry.topic, ranking);
    if (best.card.kind === 'clause') {
      const { policy, clause } = best.card;
      const status = statusFirst(this.world, policy, turn.asOf);
      const sentence = clause.text;
      const cite = turn.evidence.cite(policy, clause.label, clause.text.replace(/\n/g, ''));
      const blocks: Block[] = [
        ...(status ? [{ kind: 'note' as const, text: status, cites: [] }] : []),
        { kind: 'lead', text: this.world.wording.say('clause.head', { doc: policy.meta.title, clause: clause.label }), cites: [] },
        { kind: 'quote', text: sentence, cites: [cite] },
      ];
      return { intent: 'policy', answered: true, blocks };
    }
    return null;
  }

  #threshold(turn: Turn, facts: readonly string[], premise: string | null): Draft {
    const label = facts.map((f) => this.world.vocabulary.get(f)!.label).join('、');
    const { blocks, found } = thresholdBlocks(this.world, turn.evidence, turn.policies, facts, label, turn.asOf);
    if (premise !== null && found > 0) {
      const criteria = turn.policies.flatMap((p) => criteriaOn(this.world, p, facts, null).map((c) => ({ p, c })));
      const right = criteria.some(({ c }) => sameFigure(c, premise));
      const first = criteria[0]!;
      blocks.unshift({
        kind: 'lead',
        text: this.world.wording.say(right ? 'threshold.rightPremise' : 'threshold.wrongPremise', {
          given: premise,
          right: requirementLine(this.world, first.p.meta.cityName, first.c),
        }),
        cites: [turn.evidence.cite(first.p, first.c.clause, first.c.quote)],
      });
    }
    const intent: Intent = turn.u.intents.has('comparison') || turn.u.cities.length > 1 ? 'comparison' : 'threshold';
    return { intent, answered: true, blocks };
  }

  #topic(turn: Turn, topic: string, ranking: readonly Ranked[]): Draft {
    const { u } = turn;
    const scope = turn.named
      ? this.world.library.policies.filter((p) => turn.policies.some((q) => q.meta.city === p.meta.city))
      : this.world.library.policies;
    const said: Said[] = [];
    const silent: Policy[] = [];
    const top = ranking[0]!.score;
    for (const policy of scope) {
      const all = entriesOn(this.world, policy, topic, ranking);
      const scored = all.filter((e) => ranking.some((r) => r.card.kind === 'entry' && r.card.entry === e && r.score >= top * 0.6));
      const entries = (scored.length > 0 ? scored : all.slice(0, 1)).slice(0, turn.named ? 3 : 2);
      if (entries.length > 0) said.push({ policy, entries });
      else if (policy.meta.kind !== 'informational') silent.push(policy);
    }
    const order = (p: Policy) => turn.policies.findIndex((q) => q.meta.id === p.meta.id);
    said.sort((a, b) => (order(a.policy) < 0 ? 99 : order(a.policy)) - (order(b.policy) < 0 ? 99 : order(b.policy)));
    if (said.length > 1) {
      const rules = said.filter((s) => s.policy.meta.kind !== 'informational');
      if (rules.length > 0 && ranking[0]!.card.policy.meta.kind !== 'informational') said.splice(0, said.length, ...rules);
    }
    const blocks = topicBlocks(this.world, turn.evidence, said, turn.named ? silent : silent.length < 3 ? silent : [], topic, turn.asOf);
    const intent: Intent = u.intents.has('comparison') || u.cities.length > 1 ? 'comparison' : topic.startsWith('status.') ? 'status' : 'policy';
    return { intent, answered: true, blocks };
  }

  #decline(turn: Turn): Draft {
    const { wording } = this.world;
    const near = this.#rank(turn).filter((r) => r.card.kind !== 'clause').slice(0, 2);
    const names = [...new Set(near.map((r) => `${r.card.policy.meta.cityName}“${r.card.kind === 'entry' ? r.card.entry.title : r.card.kind === 'criterion' ? r.card.criterion.title : ''}”`))];
    const offices = [...new Set(turn.policies.map((p) => p.meta.office))].slice(0, 4).join('、');
    const text = [
      wording.say('decline.notThere'),
      names.length > 0 ? wording.say('decline.nearest', { items: names.join('、') }) : '',
      wording.say('decline.covers', { cities: this.#cityNames() }),
      wording.say('decline.office', { office: offices }),
    ].join('');
    return this.#plain('out_of_scope', text, false);
  }
}

function sameFigure(c: Criterion, text: string): boolean {
  const bare = (t: string) => t.replace(/[\s元人民币]/g, '');
  return bare(c.quote).includes(bare(text)) || bare(c.required).includes(bare(text));
}

/** When no kind is stated but a fact that only enterprises are asked for is, the verdict is computed for an enterprise and says so. */
function assumedKind(world: World, facts: ReadonlyMap<string, FactValue>): string | null {
  if (facts.has('lead.kind')) return null;
  const kinds = new Map<string, Set<string>>();
  for (const list of world.criteria.values()) {
    for (const c of list) {
      const when = c.when?.['lead.kind'];
      for (const f of c.facts) {
        const set = kinds.get(f) ?? new Set<string>();
        for (const k of when ?? ['*']) set.add(String(k));
        kinds.set(f, set);
      }
    }
  }
  const first = [...facts.keys()].map((f) => kinds.get(f)).find((set) => set && !set.has('*') && set.size > 0);
  return first ? ([...first][0] ?? null) : null;
}

function suggestionsFor(spec: { type: string; values: { id: string; label: string }[] }): Answer['suggestions'] {
  if (spec.values.length > 0) return spec.values.map((v) => ({ label: v.label, send: v.label }));
  if (spec.type === 'boolean') return [{ label: '是', send: '是' }, { label: '不是', send: '不是' }, { label: '不清楚', send: '不清楚' }];
  return [{ label: '不清楚', send: '不清楚' }];
}
