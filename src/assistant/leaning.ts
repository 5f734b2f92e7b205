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

/** Reads a question with the one before it that it leans on: “那厦门呢”, “这是死规定吗”, “厦门5亿是硬性的吗？泉州2亿呢”. */
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

  /** Reads the question; one that only names a city (“那厦门呢”) repeats the last question for that city. */
  read(question: string, before: Conversation, history: readonly Said[], asOf: string): Understanding {
    return this.meant(this.#whole(question, before, history, asOf));
  }

  #whole(question: string, before: Conversation, history: readonly Said[], asOf: string): Understanding {
    const { reader } = this.world;
    const u = reader.read(question, before, asOf, this.focus);
    const last = this.#lastWhole(history);
    if (
      last === null ||
      u.cities.length === 0 ||
      u.mentions.some((m) => m.fact !== 'lead.city') ||
      u.asked.length > 0
    )
      return u;
    const lastRead = reader.read(last, before, asOf, this.focus);
    const telling = lastRead.asked.length === 0 && before.facts.size > 0;
    if (telling && (lastRead.mentions.length > 0 || before.pending !== null)) return u;
    // 温州那边呢, after a case: the case is judged there, whatever the question named besides.
    const told = lastRead.mentions.some((m) => !WHO.has(m.fact));
    if (told && before.facts.size > 0) return u;
    const other = this.#otherFigure(u, lastRead);
    if (!this.#elliptic(u.text) && other === null) return u;
    let text = (other ?? last).toLowerCase();
    for (const w of this.views.ofText(text).kit.cityWords) text = text.replaceAll(w.toLowerCase(), '');
    const again = reader.read(text, before, asOf, this.focus);
    return { ...again, cities: u.cities, mentions: u.mentions, followUp: true };
  }

  /** “厦门5亿是硬性的吗？泉州2亿呢”: the last question with the figure put up now in the place of the one put up then; else null. */
  #otherFigure(u: Understanding, last: Understanding): string | null {
    const [before, another] = last.premises;
    const [figure, more] = readQuantities(u.text);
    if (!before || another || !figure || more || figure.unit !== before.unit) return null;
    const rest = `${u.text.slice(0, figure.outerStart)}${u.text.slice(figure.outerEnd)}`;
    return this.#elliptic(rest) ? last.text.replace(before.text, figure.text) : null;
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
    const told = own ? this.world.reader.read(last, emptyConversation(), asOf, this.focus).mentions : [];
    return told.some((m) => !WHO.has(m.fact)) ? null : last;
  }

  /** Whether a text only names a city, or asks why or for the words: it leans on the question before. */
  #elliptic(text: string): boolean {
    const { language } = this.world;
    if (language.why.test(text) || language.originalOnly.test(text)) return true;
    return this.views.ofText(text).kit.onlyCity(text);
  }

  /** The user's last question with a subject of its own; null when there is none. */
  #lastWhole(history: readonly Said[]): string | null {
    const said = history.filter((t) => t.role === 'user').map((t) => normalise(t.text));
    return said.findLast((text) => !this.#elliptic(text)) ?? null;
  }
}
