import type { Understanding } from '../understanding/index.js';
import { added, firstSaid, type Planned, same, withThing } from './added.js';
import type { Question } from './asking/parts.js';
import { WHO } from './asking/who.js';
import { Evidence } from './evidence.js';
import { misnamed } from './steps/misnamed.js';
import { quoted } from './steps/quoted.js';
import type { Kit, Turn } from './turn.js';
import type { Block } from './types.js';

/** More parts than this are a story, not a list of questions. */
const MOST = 4;
/** Share of a part's words that what answers it must speak of, so that the part asks something on its own. */
const OWN = 0.45;
/** By how much one card may speak of more of the whole message than the parts' cards do of theirs. */
const NEARLY = 0.05;
/** A part no longer than this that names nothing leans on the one before. */
const SHORT = 6;
/** Share of a part's words that a card must speak of, and how many there must be, for it to lean on nothing. */
const PLAIN = 0.85;
const LEAST = 4;
/** Steps that refuse because the matter is not told, not because nothing was found. */
const REFUSING: ReadonlySet<string> = new Set([
  'untold',
  'ofTheWorld',
  'notCovered',
  'mentioned',
  'unheld',
  'unscored',
]);

/** One of several questions of a message with what answers it. */
interface Part extends Planned {
  turn: Turn;
  /** What is said first, by which two parts that are answered alike are told. */
  said: string;
  /** Share of the part's own words that the best card speaks of. */
  coverage: number;
  stands: boolean;
}

/**
 * Several questions in one message (“年报几号交？优秀奖多少？”): each part is answered as a question of its own, in the order
 * asked, and a part that the documents do not tell is said not to be told. Null where one answer is for the whole.
 * @param read reads a part as if it were a whole message
 * @param plan answers a turn as if it were a whole message
 */
export function several(
  kit: Kit,
  turn: Turn,
  read: (text: string) => Understanding,
  plan: (part: Turn) => Planned,
): Planned | null {
  const { asking } = kit.world;
  // What is asked of words that are put up is asked of them together.
  if (asking.is('quoting', turn.u.text) && quoted(kit, { ...turn, evidence: new Evidence() })) return null;
  if (misnamed(kit, { ...turn, evidence: new Evidence() })) return null;
  const [close, wide] = [asking.parts(turn.u.text, true), asking.parts(turn.u.text, false)];
  // 谁来评、评些啥: cut at a 、 where that makes questions of their own.
  for (const pieces of close.length > wide.length ? [close, wide] : [wide]) {
    if (pieces.length < 2 || pieces.length > MOST) continue;
    const found = eachApart(kit, turn, pieces, read, plan) ?? added(kit, turn, pieces, read, plan);
    if (found) return found;
  }
  return null;
}

/** Each part answered as a question of its own; null where one answer is for the whole. */
function eachApart(
  kit: Kit,
  turn: Turn,
  pieces: readonly Question[],
  read: (text: string) => Understanding,
  plan: (part: Turn) => Planned,
): Planned | null {
  const { u } = turn;
  if (u.elsewhere.length > 0 || u.english) return null;
  // “…各多少分，合起来呢”: what asks for the sum of what stands before is no question of its own.
  const { asking } = kit.world;
  const onlySum = (text: string) =>
    asking.is('sum', text) && kit.content(asking.without(['together'], text)).length < 2;
  if (pieces.some((p) => onlySum(p.text))) return null;
  // “平台呢，也要省级吗”: what only names the thing is named for what is asked next.
  if (pieces.some((p, i) => i > 0 && !p.apart && asking.is('onlyNames', pieces[i - 1]!.text))) return null;
  const texts = pieces.map((p, i) => (i === 0 ? p.text : withThing(kit, turn, pieces[0]!.text, p)));
  const reads = texts.map(read);
  // Of several cities: each part of its own, with a stop between.
  const ownCity = reads.every((r, i) => r.cities.length === 1 && (i === 0 || pieces[i]!.apart));
  if (u.cities.length > 1 && !ownCity) return null;
  const tells = (of: Understanding) => of.mentions.some((m) => !WHO.has(m.fact));
  if (tells(u)) return null;
  // Answered on trial with evidence of its own, so that what is not shown is not cited.
  const tried = reads.map((r, i) => tryPart(kit, turn, r, pieces[i - 1]?.text ?? null, plan));
  // “…，怎么给”, “…，多少钱”: asked of what was named before, so it is one question.
  if (tried.some((p, i) => i > 0 && leans(kit, p))) return null;
  // “转让给几家企业，销售额多少”: what the first answer tells by that name is asked of the same thing, not of a condition.
  if (tried.some((p, i) => i > 0 && p.draft.intent === 'threshold' && told(kit, tried[i - 1]!, p)))
    return null;
  // What is read out of its part and not out of the whole is read wrongly: the whole says whose revenue is meant.
  if (tried.some((p) => p.turn.u.asked.some((fact) => !u.asked.includes(fact)))) return null;
  const refuses = (p: Part) => REFUSING.has(p.step) && !p.draft.answered;
  // What leans on a thing that is not told, or is itself not told of the thing named before, is no question of its own.
  const leant = tried.filter((_, i) => texts[i] !== pieces[i]!.text);
  if (leant.some(refuses) || (leant.length > 0 && refuses(tried[0]!))) return null;
  if (refuses(tried[0]!) && !pieces[1]!.apart) return null;
  const standing = tried.filter((p, i) => p.stands && tried.findIndex((q) => q.said === p.said) === i);
  const refused = tried.filter(refuses);
  const resolved = tried.every((p) => refuses(p) || standing.some((q) => q.said === p.said));
  // Several figures of one condition are told together by the whole.
  if (!resolved || tried.every((p) => p.draft.intent === 'threshold')) return null;
  if (standing.length + (standing.length === 1 ? refused.length : 0) < 2) return null;
  const apart = standing.reduce((sum, p) => sum + p.coverage, 0) / standing.length;
  if (apart < (kit.rank(turn)[0]?.coverage ?? 0) - NEARLY) return null;
  // One part told, one not: only where the whole would not tell something else.
  const whole = standing.length === 1 ? plan({ ...turn, evidence: new Evidence() }).draft : null;
  if (whole?.answered && firstSaid(whole) !== standing[0]!.said) return null;
  const shown = tried
    .filter((p) => standing.includes(p) || refused.includes(p))
    .map((p) => plan({ ...p.turn, evidence: turn.evidence }));
  const blocks: Block[] = [];
  for (const { draft } of shown)
    for (const block of draft.blocks) if (!blocks.some((b) => same(b, block))) blocks.push(block);
  const [first] = shown.filter(({ draft }) => draft.answered);
  return {
    step: 'several',
    draft: {
      ...first!.draft,
      blocks,
      verdicts: shown.flatMap(({ draft }) => draft.verdicts ?? []),
    },
  };
}

/** Whether a part names nothing of its own. */
function leans(kit: Kit, { turn, step, coverage }: Part): boolean {
  const content = kit.content(turn.u.text);
  // 一年收几批, 结果分几档: of a matter that is plain without a name.
  if (step === 'everyday' || (coverage >= PLAIN && content.length >= LEAST)) return false;
  return turn.u.asked.length === 0 && content.length <= SHORT && !kit.cards.namesAThing(content);
}

/** Whether what the part before is answered with tells the very thing that a part names. */
function told(kit: Kit, before: Part, { turn }: Part): boolean {
  if (before.draft.intent === 'threshold' || turn.u.cities.length > before.turn.u.cities.length) return false;
  const names = turn.u.asked.flatMap((f) => kit.world.vocabulary.get(f)!.synonyms);
  return names.some((n) => n.length > 1 && turn.u.text.includes(n) && before.said.includes(n));
}

function tryPart(
  kit: Kit,
  whole: Turn,
  u: Understanding,
  before: string | null,
  plan: (part: Turn) => Planned,
): Part {
  const cities = u.cities.length > 0 ? u.cities : whole.u.cities;
  const policies =
    u.cities.length > 0 ? whole.policies.filter((p) => u.cities.includes(p.meta.city)) : whole.policies;
  const own = { u: { ...u, cities }, policies: policies.length > 0 ? policies : whole.policies };
  const alone = { ...whole, ...own, evidence: new Evidence(), context: null, brief: true };
  const coverage = kit.rank(alone)[0]?.coverage ?? 0;
  // What names its thing is looked up by itself; only what does not leans on the part before.
  const turn = coverage >= OWN ? alone : { ...alone, context: before };
  const { draft, step } = plan(turn);
  const words = firstSaid(draft);
  const answers = draft.answered && draft.intent !== 'clarify' && draft.intent !== 'smalltalk';
  // What a condition demands, or a document's dates, is asked for on its own in any words.
  const plainly = (draft.intent === 'threshold' && u.asked.length > 0) || draft.intent === 'status';
  return { turn, draft, step, said: words, coverage, stands: answers && (plainly || coverage >= OWN) };
}
