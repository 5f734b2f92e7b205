import { segment } from '../../understanding/index.js';
import { notKnown } from '../conversation.js';
import type { Kit, Turn } from '../turn.js';

/** Facts that say where a unit is, not how it fares: alone they make no case. */
const PLACE = new Set(['lead.city', 'lead.main_site_city']);
/** Facts that make no case by themselves. */
const KIND = 'lead.kind';
/** A sheet of one line and a bare question for oneself are no longer than these. */
const LINE = 16;
const BARE = 24;
/** Characters that a bare question after a case may hold beside its asking words. */
const BARE_WORDS = 2;

/** How much better than every condition, and of how much of a short question, an entry must speak to be what is asked for. */
const CLEARLY = 1.2;
const SPEAKS = 0.5;
const SPEAKS_PLAINLY = 0.75;
const SHORT_QUESTION = 18;

/** A question about joining, not leading, in whatever words. */
function joins(kit: Kit, text: string): boolean {
  return kit.world.language.joining.test(text) || kit.world.asking.is('joining', text);
}

/** Whether the joining is asked of, and the lead only said to be another (集团牵头，子公司能当成员吗). */
function joinsAfter(kit: Kit, text: string): boolean {
  const after = kit.world.asking.afterwards('leading', text);
  return after !== null && joins(kit, after);
}

/** Whether a turn asks that a case be held against the rules: one it tells, or one told before. */
export function verdictAsked(kit: Kit, turn: Turn): boolean {
  const { u, before } = turn;
  const { asking, language } = kit.world;
  const verdict = u.intents.has('eligibility') || asking.is('verdict', u.text);
  const figures = u.mentions.filter((m) => !PLACE.has(m.fact));
  const told = figures.some((m) => m.fact !== KIND);
  // Where the offices are is a condition of its own.
  const hasCase = [...before.facts.keys()].some((f) => f !== KIND && f !== 'lead.city');
  // 我们去年营收2亿: a case begun, of whichever city.
  if (told && !turn.named && u.personal && !asking.is('asks', u.text) && u.asked.length === 0) return true;
  // 我们是医院, then 厦门: held against its rules.
  const said = turn.history.findLast((t) => t.role === 'user')?.text ?? '';
  const stated = before.facts.size > 0 && said !== '' && !asking.is('asks', said);
  if (stated && u.cities.length > 0 && kit.onlyCity(u.text) && before.subject !== 'member') return true;
  // 怎么办, 能通融吗, 选哪里报好: of a case told.
  const { following } = kit.world;
  const short = u.asked.length === 0 && hasCase;
  if (short && (following.is('mend', u.text) || following.is('suits', u.text))) return true;
  if ((told || short) && following.is('waive', u.text)) return true;
  if (told && following.is('suits', u.text)) return true;
  // 想报联合体: the case is begun; 营收不清楚: it goes on without it.
  if (turn.named && following.is('intends', u.text) && before.subject !== 'member') return true;
  if ((hasCase || before.pending !== null) && notKnown(u, language.unknownAnswer).length > 0) return true;
  const sites = u.mentions.some((m) => m.fact === 'lead.main_site_city');
  if (sites && !asking.is('asks', u.text)) return true;
  // What was asked of the user last belongs to a case that was begun, though nothing of it is told yet.
  if ((hasCase || before.pending !== null) && againAsked(kit, turn)) return true;
  // 一个公司能牵头几个: how many, not whether.
  if (!told && u.asked.length > 0 && asking.is('counted', u.text) && !asking.somewhere('yesNo', u.text))
    return false;
  // “刚才说的都不对，主营是2.6亿”: the case told anew.
  if (told && language.forget.test(u.text)) return true;
  const text = asking.without(['notLeading'], u.text);
  const leads = asking.is('leads', text);
  if (anotherMatter(kit, turn, leads)) return false;
  // One who would join is not held against what a lead must have; what is said of members answers.
  const planned = figures.some((m) => !m.fact.startsWith('lead.'));
  // …被取消过资格，当核心层行吗: there are rules for one who joins, too.
  const participant = figures.some((m) => m.fact.startsWith('member.'));
  const role = (joins(kit, u.text) && !planned) || (before.subject === 'member' && !participant);
  // 牵头行吗？参加呢？: leading is asked about first.
  const leading = segment(text).some(
    (p) => asking.is('leading', p.text) && !joins(kit, p.text) && asking.is('yesNo', p.text),
  );
  if (role && (!asking.is('leading', text) || (joinsAfter(kit, text) && !leading))) return false;
  // A figure told only roughly (1900万左右) is a case told: the exact one is asked for.
  if (u.vague.length > 0 && (verdict || !asking.is('asks', u.text))) return true;
  if (language.benefits.test(u.text) && figures.length < 2 && !asking.is('qualifies', u.text)) return false;
  if (!told && before.pending === null && language.conditions.test(u.text)) return false;
  if (before.pending !== null && u.mentions.length > 0 && !u.intents.has('threshold')) return true;
  if (before.pending !== null && language.unknownAnswer.some((w) => u.text.startsWith(w))) return true;
  // 搞研发的要有几个才行，我们就18个: the figure told is held against the one asked for.
  if (u.mentions.some((m) => u.asked.includes(m.fact))) return true;
  // 中国海洋大学牵头，青岛认不认: whether such a unit may lead.
  if (leads && figures.length > 0 && asking.is('accepts', u.text)) return true;
  // 大学是自己报还是上面定: a choice between two ways asks how, not whether.
  const choice = asking.is('ways', u.text) && !asking.is('whether', u.text);
  if (choice && figures.every((m) => m.fact === KIND)) return false;
  // “…，结构上合不合要求”, “…，还要补充什么信息”: asked of what was just told, unless one thing not told is asked after.
  const demands = u.asked.length > 0 && asking.is('demands', u.text);
  if (told && !demands && asking.somewhere('yesNo', u.text)) return true;
  if (told && (asking.is('missing', u.text) || asking.is('wanting', u.text))) return true;
  if (told && hasCase && !choice && (u.asked.length === 0 || u.followUp)) return true;
  if (verdict && figures.length > 0) return true;
  if (verdict && leads && (u.mentions.length > 0 || before.facts.has(KIND))) return true;
  const plainly = !u.intents.has('threshold') && !u.intents.has('comparison');
  if (figures.length >= 2 && (plainly || !asking.is('asks', u.text))) return true;
  if (before.facts.size > 0 && figures.length > 0 && u.asked.length === 0 && plainly) return true;
  const going = before.facts.size > 0 && u.asked.length === 0 && (u.followUp || u.cities.length > 0);
  // 那牵头谁来, where no more than the kind of unit is known: no case goes on.
  const begun = hasCase || before.pending !== null || !asking.is('asks', u.text);
  if (going && (u.mentions.length > 0 || (begun && asking.is('goesOn', u.text)))) return true;
  const interrogative =
    u.intents.size > 0 ||
    u.wants.size > 0 ||
    u.asked.length > 0 ||
    asking.is('interrogative', u.text) ||
    asking.somewhere('yesNo', u.text);
  const sheet =
    u.mentions.length > 0 && (u.cities.length > 0 || before.policies.length > 0) && !interrogative;
  if (sheet && (told || (u.mentions.some((m) => m.fact === KIND) && u.text.length <= LINE))) return true;
  return verdict && u.personal && leads && u.asked.length === 0 && u.text.length <= BARE;
}

/**
 * Whether a short question that merely names a kind of unit or one thing of it (企业能提建议不, 国家实验室有奖没) is about a matter
 * that no condition speaks of.
 */
function anotherMatter(kit: Kit, turn: Turn, leads: boolean): boolean {
  const { u, before } = turn;
  const { asking } = kit.world;
  if (before.facts.size > 0 || before.pending !== null || u.intents.has('eligibility')) return false;
  if (u.text.length > SHORT_QUESTION) return false;
  if (asking.is('leading', u.text) || !(asking.somewhere('yesNo', u.text) || asking.is('asks', u.text)))
    return false;
  if (u.mentions.filter((m) => m.fact !== KIND && !PLACE.has(m.fact)).length > 1) return false;
  const [best, ...rest] = kit.rank(turn);
  if (best?.card.kind !== 'entry' || best.coverage < (leads ? SPEAKS_PLAINLY : SPEAKS)) return false;
  const { entry, policy } = best.card;
  const condition = rest.find((r) => r.card.kind === 'criterion');
  if (condition && condition.score * CLEARLY > best.score) return false;
  // What is said of members, not of a lead, is asked for where neither leading nor applying is.
  if (!leads && !entry.topic.startsWith('scope.')) return true;
  const demanded = (kit.world.criteria.get(policy.meta.id) ?? []).map((c) => c.quote);
  return !entry.at.some((a) => demanded.some((q) => a.quote.includes(q) || q.includes(a.quote)));
}

/** Whether a case told before is to be held against the rules once more. */
function againAsked(kit: Kit, { u }: Turn): boolean {
  const { asking } = kit.world;
  // A what-if, something told in addition, something taken back.
  if (u.mentions.some((m) => m.hypothetical) || (u.withdrawn ?? []).length > 0) return true;
  if (u.mentions.length > 0 && !asking.is('asks', u.text)) return true;
  // “青岛呢”, “青岛又怎么说？注册地不变”, “那放厦门，同样的条件呢”; not “要交哪些材料，厦门”.
  const cityOnly = (text: string) => kit.onlyCity(text);
  const parts = segment(u.text).map((p) => p.text);
  const onlyCity = parts.some(cityOnly) && parts.every((p) => cityOnly(p) || !asking.is('asks', p));
  if (u.cities.length > 0 && (asking.is('rechecks', u.text) || onlyCity)) return true;
  // “能牵头吗”, “那够格不”: asked of what was told.
  const bare = asking
    .without(['verdict', 'leads', 'leading'], kit.content(u.text))
    .replace(/[^\p{L}\p{N}]/gu, '');
  if (asking.is('verdict', u.text) && bare.length <= BARE_WORDS && u.asked.length === 0) return true;
  // “还差啥没告诉你”, “那还差多少钱？”: of the case, where nothing else is named.
  return asking.is('missing', u.text) || gapAsked(kit, u.text);
}

/** Whether a text asks how far a case told before falls short (还差多少, 也就是说还缺几个非企业的). */
export function gapAsked(kit: Kit, text: string): boolean {
  return segment(text).some((p) => kit.world.asking.is('gap', p.text));
}
