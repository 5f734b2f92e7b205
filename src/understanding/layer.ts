import type { FactValue } from '../rules/types.js';
import type { Reading } from './reading.js';
import type { FactMention } from './types.js';

const LAYER = 'member.core_layer';
const REVOKED = 'member.title_revoked_on';
const LEAD_REVOKED = 'lead.title_revoked_on';

/**
 * One whose title was once taken away and who would take part in another's consortium as one of its core (…被取消过资格，想进核心层;
 * 那核心层呢): the layer is told, and the day is that of a member as well as of a lead. Of nobody else the layer decides anything,
 * so it is read of nobody else.
 */
export function asParticipant(reading: Reading, mentions: readonly FactMention[]): FactMention[] {
  const { cues } = reading.language;
  const { facts } = reading.conversation;
  const now = mentions.find((m) => m.fact === LEAD_REVOKED);
  const day = now?.value ?? facts.get(REVOKED) ?? facts.get(LEAD_REVOKED);
  if (day === undefined || cues.wouldLead.test(reading.text)) return [...mentions];
  const outer = facts.has(LAYER) ? cues.outerLayer.exec(reading.text) : null;
  const at = outer ?? cues.coreLayer.exec(reading.text);
  const told = mentions.find((m) => m.fact === LAYER);
  if (!told && !at) return [...mentions];
  const place = { start: at?.index ?? told!.start, end: at ? at.index + at[0].length : told!.end };
  const say = (fact: string, value: FactValue): FactMention => ({ fact, value, ...place });
  return [
    ...mentions,
    ...(told ? [] : [say(LAYER, { type: 'boolean', value: outer === null })]),
    ...(now || !facts.has(REVOKED) ? [say(REVOKED, day)] : []),
  ];
}
