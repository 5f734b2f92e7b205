import { readQuantities } from '../quantity/index.js';
import {
  type Conversation,
  emptyConversation,
  normalise,
  type Understanding,
} from '../understanding/index.js';
import { toldOf } from './asking/reverse.js';
import { withoutSupposed } from './asking/supposed.js';
import { ASIDE, WHO } from './asking/who.js';
import type { focusOf } from './conversation.js';
import type { Kit } from './turn.js';
import type { Turn as Said } from './types.js';
import type { Views } from './views.js';
import type { World } from './world.js';

/** How many questions in a row may each lean on the one before. */
const CHAIN = 4;

const tells = (u: Understanding): boolean => u.mentions.some((m) => !WHO.has(m.fact));

/** Reads questions that lean on what was said before: a city or a thing of a class named alone, what one would get, why. */
export class Leaning {
  constructor(
    private readonly world: World,
    private readonly views: Views,
    private readonly focus: ReturnType<typeof focusOf>,
  ) {}

  /** What was read, with the facts that such a question means where its words name others too. */
  meant(read: Understanding): Understanding {
    const { asking } = this.world;
    const u = withoutSupposed(asking, toldOf(asking.reverse(read.text), read));
    const meant = asking.meant(u.text);
    return meant === null || u.mentions.some((m) => !ASIDE.has(m.fact)) ? u : { ...u, asked: [...meant] };
  }

  /** Reads a question; one that only names a city (“那厦门呢”) or a sibling (“良好的呢”) repeats the last one with it. */
  read(question: string, before: Conversation, history: readonly Said[], asOf: string): Understanding {
    return this.meant(this.#whole(question, before, history, asOf));
  }

  #whole(question: string, before: Conversation, history: readonly Said[], asOf: string): Understanding {
    const { reader, following } = this.world;
    const u = reader.read(question, before, asOf, this.focus);
    const gains = history.length > 0 && !tells(u) ? following.gains(u.text) : null;
    if (gains !== null) return this.#again(gains, u, before, asOf);
    // 然后呢, once nothing more is asked of the user: how one applies.
    const next = history.length > 0 && before.pending === null ? following.next(u.text) : null;
    if (next !== null) return this.#again(next, u, before, asOf);
    // 要什么条件, where joining is talked of: of a member.
    const member = before.subject === 'member' && this.world.language.conditions.test(u.text);
    if (member && !tells(u) && !this.world.asking.is('leading', u.text))
      return this.#again(`${this.world.wording.say('subject.member')}${u.text}`, u, before, asOf);
    const last = this.#lastWhole(history);
    if (last === null) return u;
    const lastRead = reader.read(last, before, asOf, this.focus);
    const other = tells(u) || tells(lastRead) ? null : following.sibling(u.text, last);
    if (other !== null) return this.#again(other, u, before, asOf);
    // 从哪天算起: of what was asked about, not of the document.
    if (following.is('since', this.#withoutCities(u.text)) && !tells(lastRead))
      return this.#again(`${last}，${u.text}`, u, before, asOf);
    if (u.cities.length === 0 || u.mentions.some((m) => m.fact !== 'lead.city') || u.asked.length > 0)
      return u;
    // 一个公司能牵头几个 names the kind of unit that it asks of; 我们是厦门的企业 tells it.
    const telling = lastRead.asked.length === 0 && lastRead.premises.length === 0 && before.facts.size > 0;
    const told =
      lastRead.mentions.length > 0 &&
      (this.world.language.inPerson.some((w) => last.includes(w)) || !this.world.asking.is('asks', last));
    if (telling && (told || before.pending !== null)) return u;
    // 温州那边呢, after a case: the case is judged there, whatever the question named besides.
    if (tells(lastRead) && before.facts.size > 0) return u;
    const hasCase = [...before.facts.keys()].some((f) => !WHO.has(f));
    if (hasCase && this.world.asking.is('verdict', last)) return u;
    const figure = this.#otherFigure(u, lastRead);
    if (figure === null && !this.#elliptic(u.text) && !this.#elliptic(withoutFigures(u.text))) return u;
    return this.#again(figure ?? last, u, before, asOf);
  }

  /** The question that this one leans on; null when it stands alone, tells a case or has none before it. */
  context(kit: Kit, u: Understanding, history: readonly Said[], asOf: string): string | null {
    if (history.length === 0 || u.mentions.some((m) => m.fact !== 'lead.kind')) return null;
    if (u.cities.length > 0 || !this.world.asking.is('leans', u.text)) return null;
    const last = this.#lastWhole(history);
    // 几次不合格会被撤销, after a case: what names its own thing does not lean on figures told.
    const own = last !== null && kit.cards.namesAThing(kit.content(u.text));
    // 首席科学家谁来当: the thing is named, and so is what is asked of it.
    if (own && this.world.asking.details(u.text).includes('who')) return null;
    return own && tells(this.world.reader.read(last, emptyConversation(), asOf, this.focus)) ? null : last;
  }

  /** A question asked again in other words, with the cities and the facts of the one that leans on it. */
  #again(text: string, u: Understanding, before: Conversation, asOf: string): Understanding {
    const again = this.world.reader.read(this.#withoutCities(text), before, asOf, this.focus);
    return { ...again, cities: u.cities, mentions: u.mentions, english: u.english, followUp: true };
  }

  #withoutCities(text: string): string {
    const bare = text.toLowerCase();
    const { cityWords } = this.views.ofText(bare).kit;
    return cityWords.reduce((rest, w) => rest.replaceAll(w.toLowerCase(), ''), bare);
  }

  /** “厦门5亿是硬性的吗？泉州2亿呢”: the last question with the figure put up now in the place of the one put up then; else null. */
  #otherFigure(u: Understanding, last: Understanding): string | null {
    const [before, another] = last.premises;
    const [figure, more] = readQuantities(u.text);
    if (!before || another || !figure || more || figure.unit !== before.unit) return null;
    return this.#elliptic(withoutFigures(u.text)) ? last.text.replace(before.text, figure.text) : null;
  }

  /** Whether a text only names a city, or asks why or for the words: it leans on the question before. */
  #elliptic(text: string): boolean {
    const { language, following } = this.world;
    if (language.why.test(text) || language.originalOnly.test(text)) return true;
    if (following.is('empty', text) || following.is('again', text) || following.nth(text) !== null)
      return true;
    return this.views.ofText(text).kit.onlyCity(text);
  }

  /** The user's last question with a subject of its own, whole where it leant on the one before; null when there is none. */
  #lastWhole(history: readonly Said[], depth = 0): string | null {
    const at = history.findLastIndex((t) => t.role === 'user' && !this.#elliptic(normalise(t.text)));
    if (at < 0) return null;
    const text = normalise(history[at]!.text);
    const before = depth < CHAIN ? this.#lastWhole(history.slice(0, at), depth + 1) : null;
    const { following } = this.world;
    return (
      (at > 0 ? following.gains(text) : null) ??
      (before === null ? null : following.sibling(text, before)) ??
      text
    );
  }
}

/** A text without its figures (也是三年吗). */
function withoutFigures(text: string): string {
  return readQuantities(text).reduceRight(
    (rest, q) => `${rest.slice(0, q.outerStart)}${rest.slice(q.outerEnd)}`,
    text,
  );
}
