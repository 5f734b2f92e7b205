import { type Beside, beside, inWords, segmentAt } from './context.js';
import type { Language } from './language.js';
import type { Reading } from './reading.js';

/**
 * How a thing named stands by the words about it: there, denied, on its way (申报中), gone again (过期了), left open by the one who
 * speaks (好像是, 我回去问问).
 */
export type State = 'held' | 'lacking' | 'pending' | 'lost' | 'doubt';

/** What the words about a name say. */
export interface Told {
  state: State | null;
  /** The kinds of word that say so, in order. */
  kinds: Kind[];
  /** What no such word accounts for. */
  rest: string;
  /** The last such word. */
  last: string;
  /** The words read. */
  text: string;
}

const KINDS = ['Ask', 'Lack', 'Doubt', 'Open', 'Past', 'Renew', 'Lost', 'Due', 'Soon', 'Got', 'Not'] as const;
type Kind = (typeof KINDS)[number];

/** Sticky patterns, made once for the data they come from. */
const PATTERNS = new WeakMap<Language, [Kind, RegExp][]>();
function patternsOf(language: Language): [Kind, RegExp][] {
  const known = PATTERNS.get(language);
  if (known) return known;
  const made = KINDS.map((k): [Kind, RegExp] => [k, new RegExp(language.cues[`state${k}`].source, 'iuy')]);
  PATTERNS.set(language, made);
  return made;
}

/**
 * Reads words in order and keeps the last that decides: 到期了，已经续上了 is held, 复审没过 is not. A denial turns what follows it,
 * what is yet to come leaves it pending.
 */
export function stateOf(text: string, language: Language): Told {
  const kinds: Kind[] = [];
  let rest = '';
  let state: State | null = null;
  let doubt = false;
  let denied = false;
  let soon = false;
  let renewing = false;
  let last = '';
  // 没签聘书, 大部分签了: where a denial ends, what follows at once is its own.
  let shut = -1;
  // 就差法人签字: what is wanting is said behind it.
  let wanting = false;
  for (let i = 0; i < text.length; ) {
    const hit = longest(text, i, language);
    if (!hit) {
      rest += text[i];
      // A denial governs its own phrase.
      if (/[，,。；;]/.test(text[i]!)) {
        if (denied && state === null) state = 'lacking';
        denied = false;
        soon = false;
        wanting = false;
      }
      i += 1;
      continue;
    }
    const at = i;
    kinds.push(hit.kind);
    i += hit.length;
    last = text.slice(at, i);
    switch (hit.kind) {
      case 'Doubt':
      case 'Open':
        doubt = true;
        break;
      case 'Ask':
        break;
      case 'Not':
        denied = !denied;
        break;
      case 'Soon':
        soon = true;
        break;
      case 'Renew':
        renewing = true;
        if (denied) state = 'lost';
        break;
      case 'Past':
        state = denied ? 'lacking' : 'lost';
        break;
      case 'Lost':
        if (denied || soon) state ??= 'held';
        else state = 'lost';
        if (denied) state = 'held';
        denied = false;
        break;
      case 'Lack':
        state = denied ? 'held' : 'lacking';
        if (!denied) shut = i;
        wanting = !denied && /[就只还]差$/.test(last);
        denied = false;
        break;
      case 'Due':
        state = denied ? 'lacking' : 'pending';
        denied = false;
        break;
      case 'Got':
        if ((at === shut || wanting) && !denied) {
          shut = i;
          break;
        }
        state = denied ? 'lacking' : soon ? 'pending' : 'held';
        if (denied) shut = i;
        if (!denied && !soon) renewing = false;
        denied = false;
        break;
    }
  }
  // 今年复审，结果还没出: what is not there yet is the outcome.
  const awaited = renewing && state === null;
  if (denied && !awaited) state = state === null || state === 'held' ? 'lacking' : state;
  if (state === null && soon) state = 'pending';
  // Renewal under way leaves open whether it still holds.
  if (renewing && state !== 'lost' && state !== 'lacking') doubt = true;
  return { state: doubt ? 'doubt' : state, kinds, rest, last, text };
}

function longest(text: string, at: number, language: Language): { kind: Kind; length: number } | null {
  let best: { kind: Kind; length: number } | null = null;
  for (const [kind, pattern] of patternsOf(language)) {
    pattern.lastIndex = at;
    const length = pattern.exec(text)?.[0].length ?? 0;
    if (length > (best?.length ?? 0)) best = { kind, length };
  }
  return best;
}

/** Whether a text speaks of nothing but how something stands (证还没发, 现在不是了). */
export function isAfterthought(text: string, language: Language): boolean {
  // 还有: the next thing follows.
  if (/^(还|另|又|再|也|都|以及)?(有|是|请|签|交|报|要|等)$/.test(text)) return false;
  const told = stateOf(text, language);
  if (told.state === null && !told.kinds.includes('Doubt')) return false;
  const filler = new RegExp(language.cues.stateFiller.source, 'giu');
  return told.rest.replace(filler, '').replace(/[\s，,。]/g, '').length <= 1;
}

/** Words that may stand between the word that tells how it stands and the name it tells it of. */
const LINK =
  /(国家|省部?|市|级别?|升|认定|引进|弄|搞|办|建|设|组|做|搭|拿|评|申|考|找|再|来|企业|工程|重点|研发|平台|资质|资格|一个|一家|一支|个|家|我们|的|到|成|做|为|把|了|过|有|是|得|上|去|来|牌|这个|那个|于|在|作| a| an| the| to| be| for| of| with|our|status|as| )/g;

/**
 * What the words around a name say of it. Words before it count where they reach it; those after it up to the next name, and
 * statements after it that speak of nothing else.
 * @param behind the words after it, where they are known
 */
export function stateAround(
  reading: Reading,
  b: Beside,
  end: number,
  behind?: string,
): { before: Told; after: Told } {
  const { language } = reading;
  const near = b.before.slice(-24);
  const before = stateOf(near, language);
  const linked = before.rest.length === 0 || linkedTo(near, language);
  const short = shortOf(reading, b, end);
  const own = ofPrior(reading, b, end) ? b.after : '';
  const after = behind ?? short ?? (b.next === null ? `${b.after}${afterthoughts(reading, end)}` : own);
  return { before: linked ? before : NOTHING, after: stateOf(after, language) };
}

/** 协议签了一半, 还差两家没签: what a part or a count says of how far it is. */
function shortOf(reading: Reading, b: Beside, end: number): string | null {
  const seg = segmentAt(reading, Math.max(0, end - 1));
  const counted = b.next !== null && reading.quantities.some((q) => q.start === b.next!.start);
  if (
    !seg ||
    !counted ||
    !/(差|缺|剩|还有|除了?|[写签编弄交做]了?)$/.test(reading.text.slice(0, b.next!.start))
  )
    return null;
  const name = reading.names.find((n) => !n.value.quiet && n.start >= b.next!.end);
  return reading.text.slice(end, Math.min(seg.end, name?.start ?? seg.end));
}

const NOTHING: Told = { state: null, kinds: [], rest: '', last: '', text: '' };

/** Whether the last word of state before a name reaches it. */
function linkedTo(before: string, language: Language): boolean {
  for (let i = before.length - 1; i >= 0; i--) {
    const hit = longest(before, i, language);
    if (!hit) continue;
    return before.slice(i + hit.length).replace(LINK, '') === '';
  }
  return false;
}

/** Whether the words between a name and the next one tell of the first: 高新倒是有专精特新就别想了, not 有高新没有专精特新. */
function ofPrior(reading: Reading, b: Beside, end: number): boolean {
  const seg = segmentAt(reading, Math.max(0, end - 1));
  if (!b.next || !seg || b.after === '') return false;
  const { language } = reading;
  const told = stateOf(b.after, language);
  if (told.state === null) return false;
  if (/(了|的|过|中|期)$/.test(b.after)) return true;
  const verbFirst = stateOf(b.before.slice(-8), language).state !== null;
  if (verbFirst) return false;
  // The next one has words of its own behind it.
  const next = beside(reading, b.next.start, b.next.end);
  return stateOf(next.after, language).state !== null;
}

/** The statements right after a name that only say how it stands, to the end of the sentence. */
function afterthoughts(reading: Reading, end: number): string {
  const seg = segmentAt(reading, Math.max(0, end - 1));
  if (!seg) return '';
  let out = '';
  let last = seg;
  for (const next of reading.segments.filter((s) => s.start >= seg.end).slice(0, 3)) {
    if (/[。！!？?；;\n]/.test(last.mark) || next.mark === '？' || next.mark === '?') break;
    if (reading.names.some((n) => !n.value.quiet && n.start >= next.start && n.start < next.end)) break;
    if (reading.language.cues.interrogative.test(next.text) || worded(reading, next.text)) break;
    if (reading.language.cues.ofTheRest.test(next.text)) break;
    // 承诺书也交了，齐了没: asks of all that was told.
    if (/[了好齐全够成过标行完]没有?(啊|呀|呢)?$/.test(next.text)) break;
    // 省里那个还在评: another one; 省里还没批 speaks of this one.
    if (/[省市部]|国家/.test(next.text.replace(/^(但是?|可)?[省市部]里(?=还|没|尚|正|在)/, ''))) break;
    const { kinds } = stateOf(next.text, reading.language);
    if (kinds.some((k) => k === 'Open' || k === 'Ask') && !kinds.includes('Doubt')) break;
    const said = inWords(reading, next.start, next.end);
    if (!isAfterthought(said, reading.language)) break;
    out += `，${said}`;
    last = next;
  }
  return out;
}

/** A statement with words that tell a fact of their own (没被撤过, 首次牵头). */
function worded(reading: Reading, text: string): boolean {
  if (reading.language.cues.neverLed.test(text)) return true;
  return reading.vocabulary.specs.some((s) =>
    [s.neverWords, s.noneWords, s.falseWords].some((list) => list.some((w) => text.includes(w))),
  );
}
