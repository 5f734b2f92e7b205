import { readQuantities } from '../../quantity/index.js';
import { normalise, segment } from '../../understanding/index.js';
import { entriesOn } from '../cards.js';
import { topicBlocks } from '../compose/topics.js';
import { subjectsOf, takenBack } from '../conversation.js';
import { nameOf, showValue } from '../guided/values.js';
import { type Kit, plain, SHORT, SHORTER, type Step, type Turn } from '../turn.js';
import { matterNamed } from '../uncovered.js';
import { verdictsFor } from './eligibility.js';
import { shorter } from './shorter.js';

/** Nothing to read: blanks, signs. */
export const empty: Step = (kit, { u }) =>
  u.text === '' || !/[\p{L}\p{N}]/u.test(u.text)
    ? plain('clarify', kit.world.wording.say('decline.empty'), false)
    : null;

/** Greetings, thanks, "who are you". */
export const smalltalk: Step = (kit, { u }) =>
  u.intents.has('smalltalk')
    ? plain('smalltalk', kit.world.wording.say('smalltalk', { cities: kit.cityNames() }))
    : null;

/** Thanks, farewells, “人工客服”, “不对”: answered as such; “太长了”, “说人话”: the last answer in fewer words. */
export const talk: Step = (kit, turn) => {
  const key = turn.u.text.length <= SHORT ? kit.world.asking.talk(turn.u.text) : null;
  if (key === null) return null;
  if (key === SHORTER) return shorter(kit, turn);
  const offices = [...new Set(turn.policies.map((p) => p.meta.office))].join('、');
  return plain('smalltalk', kit.world.wording.say(key, { offices, cities: kit.cityNames() }));
};

/** What the user has established so far, in their own figures. */
export const remembered: Step = (kit, turn) => {
  const { world } = kit;
  if (!world.language.remember.test(turn.u.text)) return null;
  const { wording } = world;
  const items = [...turn.before.facts].map(([id, value]) => {
    const spec = world.vocabulary.get(id)!;
    return `${nameOf(spec)}：${showValue(spec, value, wording)}`;
  });
  return plain(
    'clarify',
    items.length === 0
      ? wording.say('clarify.rememberedNone')
      : wording.say('clarify.remembered', { items: items.join('；') }),
  );
};

/** A place that no document covers is said not to be covered. */
export const elsewhere: Step = (kit, turn) => {
  const { u } = turn;
  const own = u.mentions.some((m) => m.fact === 'lead.city' || m.fact === 'lead.main_site_city');
  // Nothing is held against a place that is not held.
  const compared = u.intents.has('comparison') || kit.world.asking.is('compares', u.text);
  // “公司在漳州，跑到厦门租了楼，会看哪边的地址”: the place only tells where the asker is; of the covered city is asked.
  const asking = kit.world.asking;
  const asks = u.text
    .split(/[，,。；;？?！!]/u)
    .filter((part) => asking.is('asks', part) || asking.is('compares', part));
  const onlyTold = own && asks.length > 0 && !asks.some((part) => u.elsewhere.some((p) => part.includes(p)));
  if (u.elsewhere.length > 0 && u.cities.length > 0 && compared && !onlyTold) {
    const values = { places: [...new Set(u.elsewhere)].join('、'), cities: kit.cityNames() };
    return plain('out_of_scope', kit.world.wording.say('decline.elsewhereCompared', values), false);
  }
  const asked =
    u.cities.length > 0 ? u.elsewhere.find((p) => kit.world.worldly.beside(p, u.text)) : undefined;
  if (asked !== undefined) {
    const values = { places: asked, cities: kit.cityNames() };
    return plain('out_of_scope', kit.world.wording.say('decline.elsewhere', values), false);
  }
  // “他们的奖励多少” after a place that is not covered is still about that place.
  const before = u.elsewhere.length === 0 && u.followUp ? placesBefore(kit, turn) : [];
  const meant = u.elsewhere.length > 0 ? u.elsewhere : before;
  if (meant.length === 0 || u.cities.length > 0 || (own && turn.named)) return null;
  const places = [...new Set(meant)].join('、');
  return plain(
    'out_of_scope',
    kit.world.wording.say('decline.elsewhere', { places, cities: kit.cityNames() }),
    false,
  );
};

/** A document or a proposal named by a number that none of the documents bears: it is not held, and nothing is said of it. */
export const unknownNumber: Step = (kit, turn) => {
  const { world } = kit;
  const bare = (t: string) => t.replace(/[〔〕[\]()（）【】\s]/g, '');
  const named = readQuantities(turn.u.text).filter((q) => q.unit === 'docnumber');
  const proposal = /第?(\d{3,5})号(建议|提案|议案|文)?/.exec(turn.u.text);
  const number = named[0] ? bare(named[0].text) : proposal ? `${proposal[1]}号` : null;
  if (number === null) return null;
  // The documents are read through only for a question that names a number.
  const held = world.library.policies.map((p) =>
    bare(
      [
        p.meta.docNumber ?? '',
        ...p.meta.repeals.map((r) => r.docNumber ?? ''),
        p.text(0, p.source.length),
      ].join(' '),
    ),
  );
  const own = world.library.policies.map((p) => bare(p.meta.docNumber ?? '')).filter((n) => n !== '');
  const known = named[0]
    ? own.some((n) => n.includes(number) || number.includes(n)) ||
      world.library.policies.some((p) => p.meta.repeals.some((r) => bare(r.docNumber ?? '') === number))
    : held.some((t) => t.includes(number));
  if (known) return null;
  const text = world.wording.say('decline.number', {
    number: named[0]?.text ?? number,
    cities: kit.cityNames(),
  });
  return plain('out_of_scope', text, false);
};

/** “把营收忘掉”: one thing told before is taken back; said in passing (高新那个先不算，我回去确认), the rest is judged again. */
export const takeBack: Step = (kit, turn) => {
  const { world } = kit;
  const facts = takenBack(turn.before, turn.u, world.language.forgetOne);
  if (facts.length === 0) return null;
  const items = facts.map((f) => world.vocabulary.get(f)!.label).join('、');
  const done = plain('clarify', world.wording.say('clarify.forgottenOne', { items }));
  const verdict = segment(turn.u.text).length > 1 ? verdictsFor(kit, turn) : null;
  return verdict === null ? done : { ...verdict, blocks: [...done.blocks, ...verdict.blocks] };
};

/** A telephone number, a name: given where a document prints it; else the office to ask, and that none is printed. */
export const reach: Step = (kit, turn) => {
  const { world } = kit;
  const { text } = turn.u;
  const topic = [...world.topics.values()].find((t) => t.kind === 'contact');
  if (!topic || !world.asking.is('reach', text) || turn.u.mentions.length > 1) return null;
  // The number for a matter of other bureaus is not theirs.
  const matter = matterNamed(world.uncovered, world.asking.without(['reach'], text), '');
  if (matter) return null;
  // 那份回代表建议的函: a document named so is none of the bodies in its name.
  const named = kit.scope(turn).filter((p) => p.meta.alsoCalled.some((name) => text.includes(name)));
  const rest = named.flatMap((p) => p.meta.alsoCalled).reduce((t, name) => t.replaceAll(name, ' '), text);
  const other = world.asking.is('otherBody', rest) || kit.namesDistrict(text);
  // The letter answers for itself where it is what is named.
  const letters = kit
    .scope(turn)
    .filter((p) => p.meta.kind === 'informational' && kit.namesDocument(p, text));
  const asked =
    !turn.named && letters.length > 0 && !other ? letters : other ? turn.policies : kit.scope(turn);
  const said = asked.flatMap((policy) => {
    const entries = entriesOn(world, policy, topic.id, kit.rank(turn));
    const printed = other ? [] : entries.filter((e) => e.figures.length > 0);
    const silent = entries.filter((e) => e.silent || e.figures.length === 0);
    const shown = printed.length > 0 ? printed : silent;
    return shown.length > 0 ? [{ policy, entries: shown.slice(0, 1) }] : [];
  });
  const printed = said.filter((s) => s.entries.some((e) => e.figures.length > 0));
  const told = printed.length > 0 && (turn.named || named.length > 0) ? printed : said;
  if (told.length === 0) {
    const { shortTitle, office } = turn.policies[0]!.meta;
    const text = world.wording.say('decline.unstated', { shortTitle });
    return plain('out_of_scope', `${text}${world.wording.say('decline.office', { office })}`, false);
  }
  const blocks = topicBlocks(world, turn.evidence, told, [], topic.id, turn.asOf);
  return { intent: printed.length > 0 ? 'policy' : 'out_of_scope', answered: printed.length > 0, blocks };
};

/** The places not covered that the last question was about; none when it named a city that is. */
function placesBefore(kit: Kit, turn: Turn): readonly string[] {
  const last = turn.history.findLast((t) => t.role === 'user');
  if (!last) return [];
  const { elsewhere: places, cities } = kit.world.book.read(normalise(last.text), kit.world.language);
  return cities.length > 0 ? [] : places.map((p) => p.word);
}

/** The documents do not say: the nearest things covered, and the office to ask. */
export const decline: Step = (kit, turn) => {
  const { wording } = kit.world;
  const near = kit.rank(turn).flatMap((r) => {
    const title =
      r.card.kind === 'entry'
        ? r.card.entry.title
        : r.card.kind === 'criterion'
          ? r.card.criterion.title
          : null;
    return title === null || r.coverage < 0.15 ? [] : [`${r.card.policy.meta.cityName}“${title}”`];
  });
  const items = [...new Set(near)].slice(0, 2).join('、');
  const office = [...new Set(turn.policies.map((p) => p.meta.office))].join('、');
  const text = [
    wording.say('decline.notThere'),
    items === '' ? '' : wording.say('decline.nearest', { items }),
    wording.say('decline.covers', { cities: kit.cityNames() }),
    wording.say('decline.office', { office }),
  ].join('');
  return plain('out_of_scope', text, false);
};

/** A figure alone (“1.9亿”): asks what it is of, with the readings as buttons, and guesses nothing. */
export const openFigure: Step = (kit, turn) => {
  const { u } = turn;
  const open = u.open.at(-1);
  if (!open || u.asked.length > 0 || open.candidates.length === 0) return null;
  // Only a figure that is nearly all that was said; one inside a question is the question's.
  if (u.text.replaceAll(open.text, '').replace(/[^\p{L}\p{N}]/gu, '').length > open.text.length + 4)
    return null;
  if (open.unit === 'count' && !/\d/.test(open.text)) return null;
  // 评优奖几万: an amount that is asked for.
  if (kit.world.asking.is('granted', u.text) && kit.world.asking.is('asks', open.text)) return null;
  // 评优秀给50万吧: a figure of a thing that is named is that thing's.
  const before = u.text.slice(0, u.text.indexOf(open.text));
  if (kit.world.asking.is('presumes', before) && kit.world.asking.is('confirm', u.text)) return null;
  const specs = inQuestion(kit, turn, open.candidates)
    .slice(0, 4)
    .map((id) => kit.world.vocabulary.get(id)!);
  return {
    ...plain(
      'clarify',
      kit.world.wording.say('clarify.figureOptions', {
        text: open.text,
        options: specs.map((s) => `${s.synonyms[0] ?? s.label}${open.text}`).join('、'),
      }),
      true,
    ),
    suggestions: specs.map((s) => ({ label: s.label, send: `${s.synonyms[0] ?? s.label}${open.text}` })),
  };
};

/** Of the facts that a figure may be of, those that the case told still turns on; all of them where there is none. */
function inQuestion(kit: Kit, turn: Turn, candidates: readonly string[]): readonly string[] {
  const { facts, pending } = turn.before;
  if (facts.size === 0 && pending === null) return candidates;
  const kind = facts.get('lead.kind');
  const subjects = subjectsOf(kit.world, turn.u, turn.before);
  const read = new Set(
    turn.policies.flatMap((p) =>
      (kit.world.criteria.get(p.meta.id) ?? [])
        .filter((c) => subjects.includes(c.subject))
        .filter((c) => kind?.type !== 'enum' || (c.when?.['lead.kind']?.includes(kind.value) ?? true))
        .flatMap((c) => c.facts),
    ),
  );
  const open = candidates.filter((f) => read.has(f) && !facts.has(f));
  return open.length > 0 ? open : candidates;
}
