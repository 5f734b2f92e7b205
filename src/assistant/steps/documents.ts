import type { Clause, Policy } from '../../knowledge/index.js';
import { addMonths, type Quantity, readQuantities, writeDate } from '../../quantity/index.js';
import type { LifeDate } from '../asking/data.js';
import { articleMissing, clauseNamed } from '../clauses.js';
import { daysNamed, repealedNamed, statusBlocks, statusFirst } from '../compose/status.js';
import { type Kit, plain, type Step, type Turn } from '../turn.js';
import type { Block } from '../types.js';
import { threshold } from './threshold.js';

/** A repealed document named by its number or title: what replaced it, and since when. */
export const repealed: Step = (kit, turn) => {
  const old = repealedNamed(kit.world, turn.u.text) ?? formerMeant(kit, turn);
  if (!old) return null;
  const { meta } = old.policy;
  const { asking } = kit.world;
  const content = asking.details(turn.u.text).length > 0 && !asking.is('current', turn.u.text);
  const text = kit.world.wording.say(content ? 'policyStatus.repealedContent' : 'policyStatus.repealed', {
    old: `《${old.title}》${old.docNumber ? `（${old.docNumber}）` : ''}`,
    title: `《${meta.title}》`,
    docNumber: meta.docNumber ?? '',
    date: meta.effective ? `（${writeDate(meta.effective)}起）` : '',
  });
  const anchors = (kit.world.entries.get(meta.id) ?? [])
    .filter((e) => e.topic === 'status.repeal')
    .flatMap((e) => e.at);
  const cites = anchors.slice(0, 2).map((a) => turn.evidence.cite(old.policy, a.clause, a.quote));
  const lead: Block = { kind: 'lead', text, cites };
  // What a repealed document said is not held here: nothing of the one in force is put in its place.
  if (content) return { intent: 'out_of_scope', answered: false, blocks: [lead] };
  return {
    intent: 'status',
    answered: true,
    blocks: [lead, ...statusBlocks(kit.world, turn.evidence, old.policy, turn.asOf)],
  };
};

/** The repealed document meant by “以前那个老指引”, where the cities in question have just one. */
function formerMeant(kit: Kit, turn: Turn): ReturnType<typeof repealedNamed> {
  if (!kit.world.asking.is('former', turn.u.text)) return null;
  const old = turn.policies.flatMap((policy) => policy.meta.repeals.map((r) => ({ policy, ...r })));
  return old.length === 1 ? old[0]! : null;
}

/** A clause asked for by its label, verbatim. */
export const clause: Step = (kit, turn) => {
  const letters = kit
    .scope(turn)
    .filter((p) => p.meta.kind === 'informational' && kit.namesDocument(p, turn.u.text));
  const named = clauseNamed(kit.world, turn.u, letters.length > 0 ? letters : turn.policies);
  const missing = named === null ? articleMissing(turn.u, turn.policies) : null;
  if (missing) {
    const text = missing.last
      .map(({ policy, label }) =>
        kit.world.wording.say('clause.none', {
          doc: policy.meta.shortTitle,
          label: missing.label,
          last: label,
        }),
      )
      .join('');
    return plain('out_of_scope', text, false);
  }
  if (named === null) return null;
  const blocks = named.flatMap(({ policy, clause: c }): Block[] => {
    const status = statusFirst(kit.world, policy, turn.asOf);
    return [
      {
        kind: 'lead',
        text: kit.world.wording.say('clause.head', { doc: policy.meta.title, clause: c.label }),
        cites: [],
      },
      ...(status ? [{ kind: 'note' as const, text: status, cites: [] }] : []),
      {
        kind: 'quote',
        text: policy.text(c.start, c.endAll),
        cites: citeWhole(turn, policy, c),
      },
    ];
  });
  return { intent: 'policy', answered: true, blocks };
};

/** How many parts of a clause shown whole are cited by their own labels. */
const PARTS_CITED = 8;

/** Cites a clause shown whole: its opening, and the openings of its parts. */
function citeWhole(turn: Turn, policy: Policy, c: Clause): number[] {
  return [c, ...c.children.slice(0, PARTS_CITED)].map((part) =>
    turn.evidence.cite(policy, part.label, firstWords(policy.verbatim(part))),
  );
}

/** A citation of a whole clause quotes its opening, verbatim. */
export function firstWords(verbatim: string): string {
  if (verbatim.length <= 60) return verbatim;
  const stop = verbatim.slice(0, 120).search(/[。；]/);
  return stop > 10 ? verbatim.slice(0, stop) : verbatim.slice(0, 60);
}

/** Whether a document is in force, its dates, what it repealed. */
export const status: Step = (kit, turn) => {
  const { u } = turn;
  const top = kit.rank(turn)[0];
  const topic = top?.card.kind === 'entry' ? top.card.entry.topic : null;
  const aboutStatus =
    topic?.startsWith('status.') === true && topic !== 'status.interpretation' && (top?.coverage ?? 0) > 0.5;
  if (!u.intents.has('status') && !aboutStatus) return null;
  // Of the letter what it says of itself is told; a condition asked of a draft is a condition.
  const letter = kit.scope(turn).some((p) => p.meta.kind === 'informational' && kit.namesDocument(p, u.text));
  const condition = top?.card.kind === 'criterion' && top.coverage > 0.5 && u.asked.length > 0;
  if (letter || condition) return null;
  const ofDocument = kit.world.asking.is('ofDocument', u.text);
  // 联合体三年到期了, 到期了再弄一次行不: a filing runs out too.
  if (!ofDocument && kit.world.asking.is('ofFiling', u.text)) return null;
  if (topic !== null && !topic.startsWith('status.') && (top?.coverage ?? 0) > 0.7 && !ofDocument)
    return null;
  // 禁止期多长？从哪天算起？: the days of what was asked before, not of the document.
  const life = [u.text, turn.context ?? ''].some(
    (text) => kit.world.asking.lifeDate(text) !== null || kit.world.asking.is('ofDocument', text),
  );
  if (turn.context !== null && !life) return null;
  // 方案既然已经实施了，要几家单位: a condition is asked, its document's state is said with it.
  if (u.asked.length > 0 && u.intents.has('threshold') && kit.world.asking.asksCount(u.text))
    return threshold(kit, turn, u.asked);
  // In the draft, how many members must there be: the draft is only where it is asked of.
  const { asking } = kit.world;
  const demanded =
    u.intents.has('threshold') || asking.is('demands', u.text) || asking.is('absolute', u.text);
  const dates = asking.lifeDate(u.text) !== null || asking.is('current', u.text);
  if (u.asked.length > 0 && demanded && !dates && turn.named) return threshold(kit, turn, u.asked);
  if (!ofDocument && elsewhere(kit, turn)) return null;
  const policies = turn.named ? turn.policies : kit.world.rulesOf([]);
  const put = lifePut(kit, turn);
  return {
    intent: 'status',
    answered: true,
    blocks: policies.flatMap((p) => {
      const blocks = statusBlocks(kit.world, turn.evidence, p, turn.asOf, put ? null : daysNamed(u.text));
      if (put === null || agrees(p, put)) return blocks;
      const not = kit.world.wording.say('policyStatus.notSo', { given: put.figure.text });
      return blocks.map((b, i) => (i === 0 && 'text' in b ? { ...b, text: `${not}${b.text}` } : b));
    }),
  };
};

/** How far below the best the best card of a document's own life may rank and still be what is asked for. */
const NEAR = 0.8;

/** Whether another matter ranks clearly before all that is told of the documents themselves. */
function elsewhere(kit: Kit, turn: Turn): boolean {
  const [top, ...rest] = kit.rank(turn);
  if (top?.card.kind !== 'entry') return false;
  const own = rest.find((r) => r.card.kind === 'entry' && r.card.entry.topic.startsWith('status.'));
  return !top.card.entry.topic.startsWith('status.') && (own?.score ?? 0) < top.score * NEAR;
}

/** A date or a term of a document's life that a question puts up to be confirmed (2027年底到期吧, 有效期5年对吧). */
interface LifePut {
  date: LifeDate;
  figure: Quantity;
}

function lifePut(kit: Kit, { u }: Turn): LifePut | null {
  const { asking } = kit.world;
  if (!asking.is('confirm', u.text) && !asking.is('choice', u.text)) return null;
  const date = asking.lifeDate(u.text);
  const figures = readQuantities(u.text).filter(
    (q) => q.unit === 'date' || (q.unit === 'duration' && q.measure === '年'),
  );
  const [figure, another] = figures;
  return date === null || !figure || another ? null : { date, figure };
}

/** Whether a document's dates are as put; a term is that of its whole life. */
function agrees({ meta }: Policy, { date, figure }: LifePut): boolean {
  if (figure.unit === 'date') return meta[date]?.startsWith(figure.value) ?? false;
  const { effective, expires } = meta;
  if (effective === null || expires === null || figure.exact === null) return false;
  return addMonths(effective, Number(figure.exact.n) * MONTHS) === expires;
}

/** Months of a year. */
const MONTHS = 12;

/** “原文” after an answer: the clauses it cited, whole. */
export const originals: Step = (kit, turn) => {
  const { language, asking } = kit.world;
  const asked = language.originalOnly.test(turn.u.text) || asking.wantsOriginals(turn.u.text);
  if (turn.previous === null || !asked) return null;
  const seen = new Map<string, { policy: Policy; clause: Clause }>();
  for (const c of turn.previous.citations) {
    const policy = kit.world.library.policy(c.policy);
    const found = policy?.clause(c.clause);
    if (policy && found) seen.set(`${c.policy}/${found.label}`, { policy, clause: found });
  }
  if (seen.size === 0) return null;
  const blocks = [...seen.values()].slice(0, 4).flatMap(({ policy, clause: c }): Block[] => [
    {
      kind: 'lead',
      text: kit.world.wording.say('clause.head', { doc: policy.meta.title, clause: c.label }),
      cites: [],
    },
    {
      kind: 'quote',
      text: policy.text(c.start, c.endAll),
      cites: citeWhole(turn, policy, c),
    },
  ]);
  return { intent: 'policy', answered: true, blocks };
};
