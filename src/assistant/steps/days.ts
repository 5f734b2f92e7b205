import type { Policy } from '../../knowledge/index.js';
import { addDays, compareDates, daysBetween, monthsBetween, writeDate } from '../../quantity/index.js';
import { ASIDE } from '../asking/who.js';
import { statusFirst } from '../compose/status.js';
import { type Dated, dayOf, daysTold, eventsNamed, namesOther, type Told } from '../reckon/moments.js';
import { EVENTS, type Event } from '../reckon/words.js';
import type { Draft, Kit, Step, Turn } from '../turn.js';
import type { Block } from '../types.js';

/** What is left of a question beside its days and documents, where it is about them. */
const LITTLE = 4;
/** The topics under which a document's days are told, or that it has none. */
const TOPICS: Readonly<Record<Exclude<Event, 'annual'>, string>> = {
  issued: 'status.issue',
  effective: 'status.effective',
  expires: 'status.expiry',
};

/** A day with the words for it, and where it stands. */
interface End {
  iso: string;
  said: string;
  /** The document that has the day; empty for a day that is told. */
  doc: string;
  cites: number[];
}

/** What is said of one document: the days of it, or that it states none. */
interface Stretch {
  blocks: Block[];
  dated: boolean;
  /** Whether it was counted from today or up to it. */
  today: boolean;
}

/** “泉州办法还剩几天到期”, “从印发到施行隔了几天”, “下一次年报离今天还有几天”: the time between two days of which a document states one at least. */
export const days: Step = (kit, turn) => {
  const { u } = turn;
  const words = kit.world.reckoning.days;
  if (!words.asks.test(u.text) || words.not.test(u.text)) return null;
  if (u.mentions.some((m) => !ASIDE.has(m.fact) && m.value.type !== 'date')) return null;
  if (u.mentions.some((m) => m.value.type === 'date')) return null;
  const own = eventsNamed(words, u.text);
  const last = turn.context ?? turn.history.findLast((t) => t.role === 'user')?.text ?? '';
  const events = own.length > 0 || !leans(kit, u.text) ? own : eventsNamed(words, last);
  const whole = words.whole.test(u.text) && ofDocument(kit, u.text);
  if (events.length === 0 && !whole) return null;
  if (!events.includes('annual') && namesOther(u.text)) return null;
  if (!events.includes('annual') && !ofDocument(kit, u.text) && !(own.length === 0 && ofDocument(kit, last)))
    return null;
  const two = betweenCities(kit, turn, events);
  if (two) return two;
  const drafts = turn.policies.flatMap((p) => stretch(kit, turn, p, events, whole) ?? []);
  // Of documents that were not named only those speak that have the day.
  const told = turn.named ? drafts : drafts.filter((d) => d.dated);
  if (!told.some((d) => d.dated) && !(turn.named && told.length > 0)) return null;
  return {
    intent: 'calculation',
    answered: true,
    blocks: [...told.flatMap((d) => d.blocks), ...(told.some((d) => d.today) ? [counted(kit, turn)] : [])],
  };
};

/** Whether a question is about a document: it says so, or says nothing else. */
function ofDocument(kit: Kit, text: string): boolean {
  const { asking, reckoning } = kit.world;
  if (reckoning.days.others.test(text)) return false;
  if (asking.is('ofDocument', text) || reckoning.days.thing.test(text)) return true;
  const { asks, between, today, whole, events } = reckoning.days;
  const bare = [asks, between, today, whole, ...Object.values(events)].reduce(
    (rest, words) => rest.replaceAll(new RegExp(words, 'giu'), ' '),
    text,
  );
  return kit.content(bare).replace(/[\s\d年月日号]+/gu, '').length <= LITTLE;
}

/** A question that names no day of a document itself: it is of what was spoken of before. */
function leans(kit: Kit, text: string): boolean {
  return kit.world.asking.is('leans', text) || kit.content(text).length <= LITTLE;
}

/** The time between two days in a document, or up to today; what it says instead where it states no such day; null where that is not what is asked. */
function stretch(
  kit: Kit,
  turn: Turn,
  policy: Policy,
  events: readonly Event[],
  whole: boolean,
): Stretch | null {
  const { reckoning, wording } = kit.world;
  const words = reckoning.days;
  const { text } = turn.u;
  const asked: readonly Event[] =
    whole && events.length < 2 && !words.today.test(text) ? ['effective', 'expires'] : events;
  const missing = asked.find((e) => dayOf(kit, turn, policy, e) === null);
  if (missing) return silence(kit, turn, policy, missing);
  const told = toldOf(kit, turn, policy);
  const ends: End[] = asked.map((e) => endOf(kit, turn, policy, e, dayOf(kit, turn, policy, e)!));
  for (const t of told)
    if (!t.claims || !asked.includes(t.claims))
      if (!ends.some((e) => e.iso === t.iso))
        ends.push({ iso: t.iso, said: writeDate(t.iso), doc: '', cites: [] });
  const [first, second, third] = ends;
  if (!first || third) return null;
  const wrong = told.find((t) => t.claims && asked.includes(t.claims) && !ends.some((e) => e.iso === t.iso));
  const lead = second
    ? between(
        kit,
        text,
        first,
        second,
        asked.includes('effective') && asked.includes('expires') && policy.meta.expiresComputedFrom === null,
      )
    : words.between.test(text) && untilToday(kit, turn, first.iso, first.said);
  if (!lead) return null;
  const status = statusFirst(kit.world, policy, turn.asOf);
  const worked = asked.flatMap((e) => dayOf(kit, turn, policy, e)!.worked ?? []);
  const { expiresComputedFrom: term } = policy.meta;
  const doc = policy.meta.shortTitle;
  return {
    dated: true,
    today: !second,
    blocks: [
      ...(status ? [{ kind: 'note' as const, text: status, cites: [] }] : []),
      {
        kind: 'lead',
        text: wrong ? `${wording.say('reckon.notSo', { given: wrong.text })}${lead}` : lead,
        cites: ends.flatMap((e) => e.cites),
      },
      ...worked.map((w): Block => ({ kind: 'para', text: `${w.result}。`, cites: [] })),
      ...(asked.includes('expires') && term !== null
        ? [{ kind: 'note' as const, text: wording.say('reckon.computed', { doc, term }), cites: [] }]
        : []),
    ],
  };
}

/** The days that the question tells, read beside those of the document. */
function toldOf(kit: Kit, turn: Turn, policy: Policy): Told[] {
  const known = EVENTS.flatMap((e) => dayOf(kit, turn, policy, e)?.iso ?? []);
  return daysTold(kit.world.reckoning.days, turn.u.text, known, turn.asOf).filter((t) => t.iso !== turn.asOf);
}

/** A day of a document with its words and its clause. */
function endOf(kit: Kit, turn: Turn, policy: Policy, event: Event, { iso, worked }: Dated): End {
  const { wording, entries } = kit.world;
  const doc = policy.meta.shortTitle;
  const said = wording.say(`reckon.event.${event}`, { doc });
  if (event === 'annual')
    return { iso, said, doc, cites: [turn.evidence.cite(policy, worked!.clause, worked!.quote)] };
  const anchors = (entries.get(policy.meta.id) ?? [])
    .filter((e) => e.topic === TOPICS[event] && (!e.silent || event === 'issued'))
    .flatMap((e) => e.at);
  // The place that prints the day itself, where there is one.
  const day = writeDate(iso);
  const at = anchors.find((a) => a.quote.replace(/\s/g, '').includes(day)) ?? anchors[0];
  return { iso, said, doc, cites: at ? [turn.evidence.cite(policy, at.clause, at.quote)] : [] };
}

/** What a document says in place of a day that it does not state. */
function silence(kit: Kit, turn: Turn, policy: Policy, event: Event): Stretch | null {
  if (event === 'annual') return null;
  const entry = (kit.world.entries.get(policy.meta.id) ?? []).find((e) => e.topic === TOPICS[event]);
  if (!entry) return null;
  const cites = entry.at.map((a) => turn.evidence.cite(policy, a.clause, a.quote));
  return { dated: false, today: false, blocks: [{ kind: 'lead', text: entry.say, cites }] };
}

/** Up to a day that is to come, or since one that is past, where the question asks how long that is. */
export function untilToday(kit: Kit, turn: Turn, iso: string, event: string): string {
  const { wording } = kit.world;
  const values = { event, date: writeDate(iso) };
  const order = compareDates(iso, turn.asOf);
  if (order === 0) return wording.say('reckon.onTheDay', values);
  const span =
    order > 0 ? spanOf(kit, turn.u.text, turn.asOf, iso) : spanOf(kit, turn.u.text, iso, turn.asOf);
  return wording.say(order > 0 ? 'reckon.left' : 'reckon.since', { ...values, span });
}

/** @param both whether the last day is one of those that are meant (a document holds on it) */
function between(kit: Kit, text: string, one: End, other: End, both: boolean): string {
  const { wording } = kit.world;
  const [from, to] = compareDates(one.iso, other.iso) <= 0 ? [one, other] : [other, one];
  const dated = ({ said, iso }: End) =>
    said === writeDate(iso) ? said : wording.say('reckon.dated', { event: said, date: writeDate(iso) });
  return wording.say(both ? 'reckon.through' : 'reckon.apart', {
    from: dated(from),
    to: dated({ ...to, said: from.doc === to.doc ? to.said.replace(to.doc, '') : to.said }),
    span: spanOf(kit, text, from.iso, both ? addDays(to.iso, 1) : to.iso),
  });
}

/** How long it is to a day that was reckoned, where the question asks that; null where it does not, or the day is past. */
export function daysLeft(kit: Kit, turn: Turn, iso: string): string | null {
  const words = kit.world.reckoning.days;
  const { text } = turn.u;
  if (!words.asks.test(text) || !words.between.test(text) || compareDates(iso, turn.asOf) <= 0) return null;
  return kit.world.wording.say('reckon.leftDay', {
    date: writeDate(iso),
    today: writeDate(turn.asOf),
    span: spanOf(kit, text, turn.asOf, iso),
  });
}

/** The time between two days in the measure that is asked for, and always in days. */
function spanOf(kit: Kit, text: string, from: string, to: string): string {
  const { wording, reckoning } = kit.world;
  const words = reckoning.days;
  const days = daysBetween(from, to);
  const asked = words.asks.exec(text)?.[0] ?? '';
  const over = (n: number) => (n > 0 ? wording.say('reckon.restDays', { n }) : '');
  if (words.weeks.test(asked) && days >= 7)
    return wording.say('reckon.weeks', { weeks: Math.floor(days / 7), rest: over(days % 7), days });
  const { months, days: rest } = monthsBetween(from, to);
  if (words.months.test(asked) && months > 0)
    return wording.say('reckon.months', { months, rest: over(rest), days });
  if (words.years.test(asked) && months > 0) {
    if (months < 12) return wording.say('reckon.months', { months, rest: over(rest), days });
    const beyond = months % 12 > 0 ? wording.say('reckon.restMonths', { n: months % 12 }) : '';
    return wording.say('reckon.years', {
      years: Math.floor(months / 12),
      rest: `${beyond}${over(rest)}`,
      days,
    });
  }
  return wording.say('reckon.days', { days });
}

/** Which of two cities' documents has the day first, and by how much. */
function betweenCities(kit: Kit, turn: Turn, events: readonly Event[]): Draft | null {
  const { wording, reckoning } = kit.world;
  const [event, more] = events;
  const [one, other, third] = turn.policies;
  if (!turn.named || !event || more || !one || !other || third) return null;
  if (!reckoning.days.compares.test(turn.u.text) || toldOf(kit, turn, one).length > 0) return null;
  const ends = [one, other].flatMap((p) => {
    const dated = dayOf(kit, turn, p, event);
    return dated ? [endOf(kit, turn, p, event, dated)] : [];
  });
  const [a, b] = ends.sort((x, y) => compareDates(x.iso, y.iso));
  if (!a || !b) return null;
  const dated = (e: End) => wording.say('reckon.dated', { event: e.said, date: writeDate(e.iso) });
  const values = { first: dated(a), second: dated(b), span: spanOf(kit, turn.u.text, a.iso, b.iso) };
  const text = wording.say(a.iso === b.iso ? 'reckon.same' : 'reckon.between', values);
  const terms = [one, other].flatMap(({ meta }): Block[] =>
    event === 'expires' && meta.expiresComputedFrom !== null
      ? [
          {
            kind: 'note',
            text: wording.say('reckon.computed', { doc: meta.shortTitle, term: meta.expiresComputedFrom }),
            cites: [],
          },
        ]
      : [],
  );
  return {
    intent: 'calculation',
    answered: true,
    blocks: [{ kind: 'lead', text, cites: [...a.cites, ...b.cites].sort((x, y) => x - y) }, ...terms],
  };
}

/** From which day the days were counted. */
function counted(kit: Kit, turn: Turn): Block {
  const text = kit.world.wording.say('reckon.today', { date: writeDate(turn.asOf) });
  return { kind: 'note', text, cites: [] };
}
