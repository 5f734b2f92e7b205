import type { Detail, Mention, Policy } from '../../knowledge/index.js';
import { statusFirst } from '../compose/status.js';
import type { Kit, Step, Turn } from '../turn.js';
import type { Block } from '../types.js';

interface Named {
  policy: Policy;
  mention: Mention;
  name: string;
}

/** The things named in a question that documents name too and do not spell out, the longest name of each document. */
function namedIn(kit: Kit, text: string, policies: readonly Policy[]): Named[] {
  return policies.flatMap((policy) => {
    const found = (kit.world.mentions.get(policy.meta.id) ?? []).flatMap((mention) =>
      mention.names.filter((n) => text.includes(n.toLowerCase())).map((name) => ({ policy, mention, name })),
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
  if (u.mentions.some((m) => m.fact !== 'lead.kind' && m.fact !== 'lead.city')) return null;
  const named = namedIn(kit, u.text, kit.scope(turn));
  if (named.length === 0) return null;
  const unsaid = named.filter(({ mention, name }) => {
    const asked = world.asking.details(u.text.replaceAll(name.toLowerCase(), ' '));
    return asked.length > 0 && !asked.some((d: Detail) => mention.tells.includes(d));
  });
  // Where one document does tell it, that one answers.
  if (unsaid.length < named.length) return null;
  return { intent: 'out_of_scope', answered: false, blocks: unsaid.flatMap((n) => said(kit, turn, n)) };
};

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
