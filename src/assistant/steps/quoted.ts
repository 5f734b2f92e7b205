import type { Clause, Policy } from '../../knowledge/index.js';
import { statusFirst } from '../compose/status.js';
import type { Kit, Step, Turn } from '../turn.js';
import type { Block } from '../types.js';

/** Words put up to be found are no shorter than this; of those before a gap no more are taken. */
const LEAST = 4;
const MOST = 12;
/** A sentence that is shown is no longer than this. */
const LONGEST = 220;

/** Words of a document that are put up to be found or finished (“成熟一个、支持一个”是哪个市讲的): the sentences that hold them. */
export const quoted: Step = (kit, turn) => {
  const { asking, wording } = kit.world;
  if (!asking.is('quoting', turn.u.text) || turn.u.mentions.length > 0) return null;
  const words = wordsQuoted(kit, turn);
  if (words === null) return null;
  const found = kit.scope(turn).map((policy) => ({ policy, place: sentenceWith(policy, words) }));
  if (found.every(({ place }) => place === null)) return null;
  const blocks = found.flatMap(({ policy, place }): Block[] => {
    const { shortTitle } = policy.meta;
    // Of a document that was not named, and of a letter, it is not said that it lacks them.
    const lacks = turn.u.cities.length > 0 && policy.meta.kind !== 'informational';
    if (place === null)
      return lacks ? [{ kind: 'para', text: wording.say('quoted.none', { shortTitle }), cites: [] }] : [];
    const status = statusFirst(kit.world, policy, turn.asOf);
    const { clause, sentence } = place;
    const text = wording.say('quoted.line', { shortTitle, clause: clause.label, sentence });
    return [
      { kind: 'lead', text, cites: [turn.evidence.cite(policy, clause.label, sentence)] },
      ...(status ? [{ kind: 'note' as const, text: status, cites: [] }] : []),
    ];
  });
  return { intent: turn.u.cities.length > 1 ? 'comparison' : 'policy', answered: true, blocks };
};

/** What a question quotes: words between quotation marks, or those before a gap (成熟一个什么什么) as far as a document has them. */
function wordsQuoted(kit: Kit, { u }: Turn): string | null {
  const marked = /[“"「『‘']([^“”"「」『』‘’']{2,40})[”"」』’']/u.exec(u.text)?.[1];
  const before = kit.world.asking.split('leftOut', u.text);
  const whole = letters(marked ?? (before.length > 1 ? (before[0] ?? '') : ''));
  const wanted = marked === undefined ? whole.slice(-MOST) : whole;
  for (let from = 0; wanted.length - from >= LEAST; from++) {
    const words = wanted.slice(from);
    if (kit.world.library.policies.some((p) => sentenceWith(p, words) !== null)) return words;
    if (marked !== undefined) return null;
  }
  return null;
}

/** The first sentence of a document that holds words, whatever signs stand between them. */
function sentenceWith(policy: Policy, words: string): { clause: Clause; sentence: string } | null {
  for (const clause of policy.clauses) {
    const verbatim = policy.verbatim(clause);
    if (!letters(verbatim).includes(words)) continue;
    const sentence = withoutNumber(verbatim, clause)
      .split(/(?<=[。；！：])/u)
      .find((s) => letters(s).includes(words));
    if (sentence !== undefined && sentence.length <= LONGEST)
      return { clause, sentence: sentence.replace(/[。；]$/u, '') };
  }
  return null;
}

/** A clause's words without its number and heading. */
function withoutNumber(verbatim: string, { heading }: Clause): string {
  const rest = verbatim.replace(/^(?:第[^条]{1,6}条|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])/u, '');
  return heading !== null && rest.startsWith(heading) ? rest.slice(heading.length).replace(/^。/u, '') : rest;
}

/** The letters and digits of a text, in one notation. */
const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
