import { readQuantities } from '../../quantity/index.js';
import { type FactMention, segment, type Understanding } from '../../understanding/index.js';
import type { Asking } from '../asking.js';
import { ASIDE } from './who.js';

/**
 * What was read of a question without what it only supposes of the rules: “至少30人吧” puts a figure forward to be
 * confirmed, “必须是高新才行吗” and “能不能不签协议” ask whether a thing is demanded. None of them tells how the unit stands.
 */
export function withoutSupposed(asking: Asking, u: Understanding): Understanding {
  const told = u.mentions.filter((m) => !ASIDE.has(m.fact));
  const [mention, other] = told;
  if (!mention || other || asking.is('possessed', u.text)) return u;
  const rest = u.mentions.filter((m) => m !== mention);
  const asked = [...new Set([mention.fact, ...u.asked])];
  // How much for a national platform: a thing named in a question of English is none that is held.
  if (u.english && asking.is('asks', u.text) && !asking.is('verdict', u.text))
    return { ...u, mentions: rest };
  if (mention.value.type === 'enum') {
    // 国家级平台，可以当牵头单位吧: told first; what is to be confirmed is the verdict.
    const told = segment(u.text).at(-1)!.start >= mention.end && asking.is('verdict', u.text);
    return asking.is('confirm', u.text) && !told ? { ...u, mentions: rest, asked } : u;
  }
  if (mention.value.type === 'boolean') {
    const supposed =
      asking.is('waives', u.text) || (asking.is('insists', u.text) && asking.is('yesNo', u.text));
    return supposed ? { ...u, mentions: rest, asked } : u;
  }
  const figure = mention.value.type === 'number' ? figureIn(u.text, mention) : undefined;
  const part = segment(u.text).find(
    (s) => s.start <= mention.start && s.start + s.text.length >= mention.end,
  );
  const judged = asking.is('verdict', u.text) && !asking.is('insists', u.text);
  const ruled = !judged && (asking.is('ruled', part?.text ?? '') || asking.is('asserted', u.text));
  if (figure === undefined || !ruled || !asking.is('confirm', u.text)) return u;
  const { text, unit, value } = figure;
  const premises = [{ fact: mention.fact, text, unit, value }, ...u.premises];
  return { ...u, mentions: rest, asked, premises };
}

const figureIn = (text: string, { start, end }: FactMention) =>
  readQuantities(text).find((q) => q.start >= start && q.end <= end);
