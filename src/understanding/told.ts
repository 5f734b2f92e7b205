import { readQuantities } from '../quantity/index.js';
import type { Quantity } from '../quantity/types.js';
import type { Vocabulary } from '../rules/index.js';
import { joinDeparted } from './departed.js';
import { joinGaps } from './gaps.js';
import type { Language } from './language.js';
import type { Found } from './lexicon.js';
import { type Stretch, within } from './others.js';
import { asNamesOfCounts } from './plain-number.js';
import type { Name } from './reading.js';
import { joinShortfalls } from './shortfalls.js';
import { asToldBefore } from './taken-back.js';
import type { Conversation } from './types.js';

/** The quantities of a question that can state something of the asker: those of others and those that count other things left out. */
export function quantitiesTold(
  text: string,
  names: readonly Found<Name>[],
  others: readonly Stretch[],
  vocabulary: Vocabulary,
  language: Language,
  conversation: Conversation,
): Quantity[] {
  const figures = asToldBefore(
    text,
    readQuantities(text),
    conversation,
    language.cues.takesBack,
    (fact) => vocabulary.get(fact)?.type,
    names,
  );
  const short = joinDeparted(text, joinShortfalls(text, figures, language), language);
  const read = sound(text, joinGaps(text, short), names);
  return asNamesOfCounts(text, read, names, vocabulary, language).filter(
    (q) => !within(others, q.start) && (q.unit !== 'count' || !ofOtherThings(text, q, language)),
  );
}

/** 两个联合体 counts consortia (told of one's own only where leading is spoken of), 三个月 months. */
function ofOtherThings(text: string, q: Quantity, language: Language): boolean {
  const after = text.slice(q.end);
  // 就一个市级的
  if (
    q.measure === '个' &&
    q.value === '1' &&
    language.cues.ofALevel.test(after) &&
    !language.cues.talentCase.test(text)
  )
    return true;
  const consortia = /^(创新)?联合体/.test(after);
  if (language.cues.otherThings.test(after) || (consortia && !/牵头|牵了|组建|带/.test(text))) return true;
  // 能不能同时领两个: of consortia, though they are not named.
  const led = /(能|可以|同时|想|去|来|再|打算|要)[^，]{0,6}(领|牵头|申报|组建)$/;
  return q.measure === '个' && !consortia && led.test(text.slice(0, q.start));
}

/** 3家上下游企业: characters of a noun or a name beside a figure are no bound. */
function sound(text: string, quantities: Quantity[], names: readonly Found<Name>[]): Quantity[] {
  return quantities.map((q, i) => {
    const noun = q.bound === 'about' && q.upper === null && /^上下游/.test(text.slice(q.end));
    // 已牵头过一个: the last character of a name is no bound either.
    const named = names.some((n) => n.start < q.outerStart && n.end > q.outerStart && n.end <= q.start);
    // 1500万左右占5%: the first figure's.
    const spent = q.outerStart < (quantities[i - 1]?.outerEnd ?? 0);
    return (noun || named || spent) && q.bound !== null && q.upper === null
      ? { ...q, bound: null, outerStart: q.start, outerEnd: q.end }
      : q;
  });
}
