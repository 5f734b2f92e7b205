import type { FactValue } from '../rules/types.js';
import type { Reading } from './reading.js';
import type { FactMention } from './types.js';

const LAYER = 'member.core_layer';
const REVOKED = 'member.title_revoked_on';
const LEAD_REVOKED = 'lead.title_revoked_on';

/**
 * One whose title was once taken away and who would take part in another's consortium (…被取消过资格，想以一般协作层单位加入；那核心层呢):
 * the layer is told, and the day is of a member, not of a lead. Of nobody else the layer decides anything, so it is read of nobody
 * else.
 */
export function asParticipant(reading: Reading, mentions: readonly FactMention[]): FactMention[] {
  const { cues } = reading.language;
  const { facts } = reading.conversation;
  const now = mentions.find((m) => m.fact === LEAD_REVOKED);
  const before = facts.get(REVOKED) ?? facts.get(LEAD_REVOKED);
  const told = mentions.find((m) => m.fact === LAYER);
  if ((!now && before === undefined) || cues.wouldLead.test(reading.text)) return [...mentions];
  const outer = cues.outerLayer.exec(reading.text);
  const at = outer ?? cues.coreLayer.exec(reading.text);
  if (!told && !at) return [...mentions];
  const out = mentions.map((m) => (m === now ? { ...m, fact: REVOKED } : m));
  const say = (fact: string, value: FactValue) =>
    out.push({ fact, value, start: at?.index ?? 0, end: (at?.index ?? 0) + (at?.[0].length ?? 0) });
  if (!told) say(LAYER, { type: 'boolean', value: outer === null });
  // 那核心层呢: of the day told before.
  if (!now && before && !facts.has(REVOKED)) say(REVOKED, before);
  return out;
}
