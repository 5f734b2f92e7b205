import { aspectsAsked, tellsAspect } from '../aspects.js';
import type { Step } from '../turn.js';
import type { Block } from '../types.js';
import { verdictsFor } from './eligibility.js';

/** “国企能不能牵头”: what no document tells apart is judged as the kind of unit that it is, and that it is not told apart is said. */
export const ofUnit: Step = (kit, turn) => {
  const { world } = kit;
  const { u } = turn;
  if (!u.mentions.some((m) => m.fact === 'lead.kind') || u.asked.length > 0) return null;
  const may = world.asking.is('leading', u.text) && world.asking.somewhere('verdict', u.text);
  if (!may || world.asking.is('counted', u.text)) return null;
  const aspect = aspectsAsked(world.aspects, u.text).find((a) => a.ofUnit);
  if (!aspect) return null;
  const told = turn.policies.some((p) => tellsAspect(aspect, p.text(0, p.source.length), () => false));
  const draft = told ? null : verdictsFor(kit, turn);
  if (draft === null) return null;
  const [only, another] = turn.policies;
  const text =
    only && !another
      ? world.wording.say('verdict.notApart', { shortTitle: only.meta.shortTitle, aspect: aspect.aspect })
      : world.wording.say('verdict.notApartAll', { aspect: aspect.aspect });
  const lead: Block = { kind: 'lead', text, cites: [] };
  return { ...draft, blocks: [lead, ...draft.blocks] };
};
