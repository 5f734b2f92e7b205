import { type FactValue, readFacts, type Subject } from '../rules/index.js';
import type { Conversation, Understanding } from '../understanding/index.js';
import { emptyConversation } from '../understanding/index.js';
import { toldOf } from './asking/reverse.js';
import { withoutSupposed } from './asking/supposed.js';
import { confirmedIn } from './to-ask.js';
import type { AskRequest, Turn } from './types.js';
import type { World } from './world.js';

const NEVER = /(?!)/;

type Focus = (cities: readonly string[]) => ReadonlySet<string>;
const focuses = new WeakMap<World, Focus>();

/** The facts that the rules of some cities read; of all cities when none is named. */
export function focusOf(world: World): Focus {
  const known = focuses.get(world) ?? focusIn(world);
  focuses.set(world, known);
  return known;
}

function focusIn(world: World): Focus {
  const cache = new Map<string, ReadonlySet<string>>();
  return (cities) => {
    const key = cities.join();
    let facts = cache.get(key);
    if (!facts) {
      const policies = world.library.policies.filter(
        (p) => cities.length === 0 || cities.includes(p.meta.city) || cities.includes(p.meta.id),
      );
      facts = new Set(policies.flatMap((p) => (world.criteria.get(p.meta.id) ?? []).flatMap((c) => c.facts)));
      cache.set(key, facts);
    }
    return facts;
  };
}

/** The conversation after a question: later statements replace earlier ones, what was not said again stays. */
export function advance(
  conversation: Conversation,
  u: Understanding,
  words: readonly string[],
  forgetOne: RegExp = NEVER,
): Conversation {
  const facts = new Map<string, FactValue>(conversation.facts);
  for (const fact of [...takenBack(conversation, u, forgetOne), ...(u.withdrawn ?? [])]) facts.delete(fact);
  for (const m of u.mentions) {
    const before = facts.get(m.fact);
    if (m.value.type === 'by-year' && before?.type === 'by-year') {
      facts.set(m.fact, {
        type: 'by-year',
        years: new Map([...before.years, ...m.value.years].sort((a, b) => a[0] - b[0])),
      });
    } else facts.set(m.fact, m.value);
  }
  return {
    ...conversation,
    facts,
    policies: u.cities.length > 0 ? [...u.cities] : conversation.policies,
    unsure: unsure(conversation, u, words),
    // A question stays asked through what is said in between, until it is answered or the user does not know.
    pending: settled(conversation, u, words) ? null : conversation.pending,
    asked: null,
  };
}

/** The remembered facts that a short request takes back (“把营收忘掉”); none in any other question. */
export function takenBack(conversation: Conversation, u: Understanding, forgetOne: RegExp): string[] {
  if (u.text.length > 24 || u.mentions.length > 0 || !forgetOne.test(u.text)) return [];
  return u.asked.filter((f) => conversation.facts.has(f));
}

/** What the assistant's turn asked for: its own question, or what its last questions name in any other words. */
function questionsIn(
  world: World,
  text: string,
  conversation: Conversation,
  asOf: string,
): Pick<Conversation, 'pending' | 'asked'> {
  const put = confirmedIn(world, text);
  if (put) {
    const proposed = new Map<string, FactValue>([[put.fact, { type: 'enum', value: put.city }]]);
    return { pending: put.fact, asked: { facts: [put.fact], either: false, proposed } };
  }
  const own = world.vocabulary.specs.find((s) => text.includes(s.question));
  if (own) return { pending: own.id, asked: null };
  const asked = world.reader.asked(text, conversation, asOf, focusOf(world));
  if (!asked) return { pending: conversation.pending, asked: null };
  return {
    pending: asked.facts[0]!,
    asked: asked.facts.length > 1 || asked.proposed.size > 0 ? asked : null,
  };
}

function settled(conversation: Conversation, u: Understanding, words: readonly string[]): boolean {
  const { pending } = conversation;
  return (
    pending === null ||
    u.mentions.some((m) => m.fact === pending || conversation.asked?.facts.includes(m.fact)) ||
    words.some((w) => u.text.startsWith(w))
  );
}

/** “不清楚” to a question keeps its fact unknown for good, until it is told after all. */
function unsure(conversation: Conversation, u: Understanding, words: readonly string[]): string[] {
  const told = new Set(u.mentions.map((m) => m.fact));
  const kept = conversation.unsure.filter((f) => !told.has(f));
  const { pending } = conversation;
  const says = pending !== null && !told.has(pending) && words.some((w) => u.text.startsWith(w));
  return [...new Set([...kept, ...(says ? [pending] : []), ...notKnown(u, words)])];
}

/** A statement longer than this tells more than that one thing is not known. */
const NOT_KNOWN = 16;

/** The facts that a short statement names and says not to be known (营收不清楚). */
export function notKnown(u: Understanding, words: readonly string[]): string[] {
  const unknown = u.text.length <= NOT_KNOWN && words.some((w) => u.text.includes(w));
  return unknown && u.mentions.length === 0 && u.premises.length === 0 && !/[?？吗]/u.test(u.text)
    ? u.asked
    : [];
}

/**
 * Reads a whole history again, turn by turn; the assistant's turns only tell which fact was asked for.
 * @param known what was established before it @throws InputError for facts that cannot be read
 */
export function replay(
  world: World,
  history: readonly Turn[],
  asOf: string,
  known?: AskRequest['known'],
): Conversation {
  let conversation = beginning(world, known);
  const focus = focusOf(world);
  for (const turn of history) {
    if (turn.role === 'assistant') {
      conversation = { ...conversation, ...questionsIn(world, turn.text, conversation, asOf) };
      continue;
    }
    if (world.language.forget.test(turn.text)) {
      conversation = emptyConversation();
      continue;
    }
    const read = world.reader.read(world.asking.withoutPreface(turn.text), conversation, asOf, focus);
    const u = withoutSupposed(world.asking, toldOf(world.asking.reverse(read.text), read));
    conversation = {
      ...advance(conversation, u, world.language.unknownAnswer, world.language.forgetOne),
      // What was told too roughly to be kept is what is talked of.
      lastTopics: leansOnly(world, u) ? conversation.lastTopics : [...u.asked, ...u.vague.map((v) => v.fact)],
      lastIntent: [...u.intents][0] ?? conversation.lastIntent,
      subject: subjectsOf(world, u, conversation)[0] ?? null,
    };
  }
  return conversation;
}

/** Whether a turn only leans on the one before (为什么, 原文, 嗯, 谢谢): what was talked of is still talked of. */
function leansOnly(world: World, u: Understanding): boolean {
  const { language, following, asking } = world;
  if (u.asked.length > 0 || u.mentions.length > 0 || u.vague.length > 0) return false;
  const { text } = u;
  return (
    following.is('why', text) ||
    following.is('empty', text) ||
    language.originalOnly.test(text) ||
    asking.talk(text) !== null ||
    (u.cities.length > 0 && text.length <= NAMES_CITY)
  );
}

/** A message that names a city and little more is no longer than this. */
const NAMES_CITY = 8;

function beginning(world: World, known: AskRequest['known']): Conversation {
  if (!known) return emptyConversation();
  const { facts, cities = [], subject = null } = known;
  return {
    ...emptyConversation(),
    facts: readFacts(facts, world.vocabulary),
    policies: [...cities],
    subject,
    // What goes on is the check that was begun.
    lastIntent: 'eligibility',
  };
}

/** Facts of the lead that say who asks, or that are told of one who would join too. */
const OF_WHOM = new Set(['lead.city', 'lead.kind', 'lead.title_revoked_on']);

/** Whom a question is about: the lead, the planned consortium, the talent consortium; several when facts of several are given. */
export function subjectsOf(world: World, u: Understanding, conversation: Conversation): Subject[] {
  const out = new Set<Subject>();
  const ids = u.mentions.map((m) => m.fact);
  if (world.language.talentWords.test(u.text) || ids.some((f) => f.startsWith('talent.')))
    out.add('talent-consortium');
  const consortium = ids.some((f) => f.startsWith('consortium.') || f.startsWith('backbone.'));
  const lead = ids.some((f) => f.startsWith('lead.') && f !== 'lead.city' && f !== 'lead.kind');
  const planned = consortium || out.size > 0;
  // …被取消过资格，当核心层行吗: the day is told of the one who would join.
  const joins = ids.some((f) => f.startsWith('member.'));
  const others = ids.some((f) => f.startsWith('lead.') && !OF_WHOM.has(f));
  if (joins && !others && !planned) return ['member'];
  if (world.asking.is('joining', u.text) && !planned && !/牵头/.test(u.text)) return ['member'];
  if (consortium) out.add('consortium');
  if (lead) out.add('lead');
  if (out.size === 0 && conversation.subject) out.add(conversation.subject);
  if (out.size === 0) out.add('lead');
  const order: Subject[] = ['lead', 'consortium', 'talent-consortium', 'member'];
  return order.filter((s) => out.has(s));
}
