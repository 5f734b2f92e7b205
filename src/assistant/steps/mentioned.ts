import type { Detail, Mention, Policy } from '../../knowledge/index.js';
import { WHO } from '../asking/who.js';
import { statusFirst } from '../compose/status.js';
import { type Draft, type Kit, plain, type Step, type Turn } from '../turn.js';
import type { Block } from '../types.js';

interface Named {
  policy: Policy;
  mention: Mention;
  name: string;
}

/** A form to fill in, a list of who: not told by telling something else of the thing. */
const NEVER_IN_PASSING: ReadonlySet<Detail> = new Set(['template', 'roster']);

/** Quotation marks make no other thing of a name. */
const bare = (text: string): string => text.replaceAll(/[“”"「」《》]/gu, '');

/** The things named in a question that documents name too and do not spell out, the longest name of each document. */
function namedIn(kit: Kit, text: string, policies: readonly Policy[]): Named[] {
  return policies.flatMap((policy) => {
    const found = (kit.world.mentions.get(policy.meta.id) ?? []).flatMap((mention) =>
      mention.names
        .map((name) => bare(name).toLowerCase())
        .filter((name) => bare(text).includes(name))
        .map((name) => ({ policy, mention, name })),
    );
    return found.sort((a, b) => b.name.length - a.name.length).slice(0, 1);
  });
}

/**
 * A detail asked of a thing that a document only names (the list behind “10+1”, the rate of a fund, the form's columns):
 * what is said of it, and that the detail is not there.
 */
export const mentioned: Step = (kit, turn) => {
  const { u } = turn;
  const { world } = kit;
  const named = namedIn(kit, u.text, kit.scope(turn));
  if (named.length === 0) return elsewhereOnly(kit, turn);
  if (tells(turn)) return null;
  const unsaid = named.filter(({ mention, name }) => {
    const asked = world.asking.details(where(kit, bare(u.text), name).replaceAll(name, ' '));
    const told = (d: Detail) => mention.tells.includes(d);
    return asked.length > 0 && (!asked.some(told) || asked.some((d) => NEVER_IN_PASSING.has(d) && !told(d)));
  });
  // Where one document does tell it, that one answers.
  if (unsaid.length < named.length) return null;
  const blocks = unsaid.flatMap((n) => said(kit, turn, n));
  // Asked of the document's own words (“给予一定的资金奖励”具体多少): that they leave it open is the answer.
  const own = unsaid.some((n) => quotes(u.text, n)) && world.wants.open.test(u.text);
  return own
    ? { intent: 'policy', answered: true, blocks }
    : { intent: 'out_of_scope', answered: false, blocks };
};

/** How many characters in a row of a clause, besides the thing's name, make a quotation of it. */
const VERBATIM = 6;

/** Whether a question repeats words of the clause that names a thing, besides its names. */
function quotes(text: string, { policy, mention }: Named): boolean {
  const plainly = (words: string) =>
    bare(words)
      .replaceAll(/[\s()（）]/gu, '')
      .toLowerCase();
  const words = plainly(policy.clause(mention.clause)?.text ?? mention.quote);
  const names = mention.names.map(plainly).sort((a, b) => b.length - a.length);
  const rest = names.reduce((left, name) => left.replaceAll(name, '　'), plainly(text));
  return Array.from({ length: Math.max(0, rest.length - VERBATIM + 1) }, (_, i) =>
    rest.slice(i, i + VERBATIM),
  ).some((piece) => words.includes(piece));
}

/** The part of a question that names a thing, where that part asks something; else all of it. */
function where(kit: Kit, text: string, name: string): string {
  const { asking } = kit.world;
  const parts = text.split(/[，,。；;？?！!]/u).filter((part) => part.includes(name));
  const asks = parts.filter((part) => asking.is('asks', part) || asking.is('yesNo', part));
  return asks.length > 0 ? asks.join(' ') : text;
}

const QUOTED = /“([^“”]{4,12})”/gu;

/** A name this long is a thing's own; a shorter one (年报, 理事会) may be said of anything. */
const PROPER = 5;

/** Whether facts of a case are told besides the words of a name. */
function tells({ u }: Turn, name = ''): boolean {
  const from = name === '' ? -1 : u.text.indexOf(name);
  const inside = (m: { start: number; end: number }) =>
    from >= 0 && m.start >= from && m.end <= from + name.length;
  return u.mentions.some((m) => !WHO.has(m.fact) && !inside(m));
}

/**
 * A detail asked of something that only documents of other cities name (“人才攻关联合体”, 省级制造业创新中心): this city's says
 * nothing of it.
 */
function elsewhereOnly(kit: Kit, turn: Turn): Draft | null {
  const { world } = kit;
  const { asking } = world;
  const { text } = turn.u;
  const asks = asking.details(text).length > 0 || asking.is('yesNo', text);
  if (!turn.named || turn.policies.length !== 1 || !asks) return null;
  const own = kit.scope(turn);
  const written = (p: Policy) => p.text(0, p.source.length).replace(/\s/gu, '').toLowerCase();
  const spoken = (p: Policy) =>
    (world.entries.get(p.meta.id) ?? []).map((e) => [e.say, ...e.asks].join('\n')).join('\n');
  for (const other of world.library.policies) {
    if (own.includes(other)) continue;
    const quoted = [...written(other).matchAll(QUOTED)].map((m) => m[1]!);
    const proper = (world.mentions.get(other.meta.id) ?? [])
      .flatMap((m) => m.names.map((n) => bare(n).toLowerCase()))
      .filter((n) => n.length >= PROPER);
    const name = [...quoted, ...proper].sort((a, b) => b.length - a.length).find((n) => text.includes(n));
    // What one leads with is a fact of one's own.
    if (name === undefined || tells(turn, asking.is('leading', text) ? '' : name)) continue;
    if (own.some((p) => written(p).includes(name) || spoken(p).includes(name))) continue;
    const { shortTitle } = turn.policies[0]!.meta;
    return plain(
      'out_of_scope',
      world.wording.say('decline.otherCity', { shortTitle, name, other: other.meta.shortTitle }),
      false,
    );
  }
  return null;
}

function said(kit: Kit, turn: Turn, { policy, mention }: Named): Block[] {
  const { wording } = kit.world;
  const status = statusFirst(kit.world, policy, turn.asOf);
  const { shortTitle, office } = policy.meta;
  const values = { shortTitle, name: mention.names[0]!, quote: mention.quote, office };
  return [
    ...(status ? [{ kind: 'note' as const, text: status, cites: [] }] : []),
    {
      kind: 'lead',
      text: wording.say('decline.mentioned', values),
      cites: [turn.evidence.cite(policy, mention.clause, mention.quote)],
    },
    { kind: 'note', text: wording.say('decline.office', { office }), cites: [] },
  ];
}
