import type { Policy } from '../../knowledge/index.js';
import { type Kit, plain, type Step, type Turn } from '../turn.js';
import { lookup } from './look.js';

/** What a document is called by without its city: 管理办法, 答复函. */
const kindOf = ({ meta }: Policy): string => meta.shortTitle.replace(meta.cityName, '');

/** How many characters the last part of a document's kind has by which it is called too (办法). */
const SHORT_NAME = 2;
/** How far apart a number and the kind it is taken for may stand. */
const BETWEEN = 8;

/** “108号文就是管理办法吧”: a document whose number is put to another kind of paper; said first, and what is asked besides is answered. */
export const misnamed: Step = (kit, turn) => {
  const { asking, wording } = kit.world;
  const scope = kit.scope(turn);
  for (const policy of scope) {
    const claim = takenFor(kit, turn, policy, scope);
    if (claim === null) continue;
    const { kind, at } = claim;
    const { docNumber, title } = policy.meta;
    const meant = scope.find((p) => kindOf(p).endsWith(kind) && p.meta.city === policy.meta.city);
    const said = [
      wording.say('misnamed.lead', { number: docNumber!, kind, title }),
      ...(meant?.meta.docNumber
        ? [
            wording.say('misnamed.meant', {
              city: meant.meta.cityName,
              kind,
              title: meant.meta.title,
              number: meant.meta.docNumber,
            }),
          ]
        : []),
    ].join('');
    const [anchor] = (kit.world.entries.get(policy.meta.id) ?? []).flatMap((e) => e.at);
    const lead = plain('policy', said);
    if (anchor && 'cites' in lead.blocks[0]!)
      lead.blocks[0].cites = [turn.evidence.cite(policy, anchor.clause, anchor.quote)];
    const rest = turn.u.text.slice(at).replace(/^[^，,。；;？?]*[，,。；;？?]?/u, '');
    const more =
      asking.is('asks', rest) && rest.length > LEAST
        ? lookup(kit, { ...turn, u: { ...turn.u, text: rest } })
        : null;
    return more ? { ...more, blocks: [...lead.blocks, ...more.blocks] } : lead;
  }
  return null;
};

/** A question beside the claim is no shorter than this. */
const LEAST = 3;

/** The kind that a document's number is put to and is not of, and where; null when there is none. */
function takenFor(
  kit: Kit,
  { u }: Turn,
  policy: Policy,
  scope: readonly Policy[],
): { kind: string; at: number } | null {
  const number = /(\d+)号$/u.exec(policy.meta.docNumber ?? '')?.[1];
  if (number === undefined) return null;
  const named = new RegExp(`(?<!\\d)${number}号`, 'u').exec(u.text);
  if (!named) return null;
  const own = kindOf(policy);
  for (const other of scope) {
    const kind = kindOf(other);
    if (kind === own || own.endsWith(kind.slice(-SHORT_NAME))) continue;
    for (const name of [kind, kind.slice(-SHORT_NAME)]) {
      const at = u.text.indexOf(name);
      if (at < 0) continue;
      const [from, to] =
        named.index < at ? [named.index + named[0].length, at] : [at + name.length, named.index];
      const between = u.text.slice(from, to);
      const same = between.length <= BETWEEN && kit.world.asking.is('takenFor', between);
      // Another document of the same number is meant where the kind is its own.
      const its = scope.some(
        (p) => p !== policy && p.meta.docNumber?.endsWith(`〕${number}号`) && kindOf(p) === kind,
      );
      if (same && !its) return { kind: name, at: Math.max(at + name.length, named.index + named[0].length) };
    }
  }
  return null;
}
