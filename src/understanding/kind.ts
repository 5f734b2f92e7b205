import { claim } from './claim.js';
import { leaderNamed } from './leader-named.js';
import { type Found, WordFinder } from './lexicon.js';
import { membersOf } from './members.js';
import { within } from './others.js';
import type { Reading } from './reading.js';
import type { FactMention } from './types.js';

const KIND = 'lead.kind';

/** What was read of the kind of unit that would lead. */
export interface KindRead {
  value: string | null;
  /** The asker says it of their own unit. */
  certain: boolean;
  mentions: FactMention[];
  used: Set<number>;
}

/** What kind of unit would lead: “我们是医院”, “高校能牵头吗”, “我司”. Partners named, and units counted, are not it. */
export function readKind(reading: Reading): KindRead {
  const spec = reading.vocabulary.get(KIND);
  const none: KindRead = { value: null, certain: false, mentions: [], used: new Set() };
  if (!spec) return none;
  const finder = new WordFinder(spec.values.flatMap((v) => v.words.map((w) => [w, v.id] as const)));
  const spoken = finder
    .find(reading.text)
    .map((h) => wholeWord(reading.text, h))
    .filter((h) => !within(reading.others, h.start) && !ofMember(reading, h));
  spoken.push(...leaderNamed(reading));
  const own =
    new WordFinder(Object.entries(reading.language.selfKind)).find(reading.text)[0] ??
    hospitalOfOurs(reading, spoken);
  const best = pick(reading, spoken);
  const said = best && (best.score >= 3 || !own) ? best.hit : (own ?? null);
  const hit =
    said && (said.value === 'institute' || said.value === 'other') ? (alone(reading, spoken) ?? said) : said;
  if (hit === null) return none;
  const used = new Set(
    reading.names.filter((n) => n.start < hit.end && hit.start < n.end).map((n) => n.start),
  );
  const mention: FactMention = {
    fact: KIND,
    value: { type: 'enum', value: hit.value },
    start: hit.start,
    end: hit.end,
  };
  return {
    value: hit.value,
    certain: hit !== said || hit === own || best?.score === 5 || best?.score === 3,
    mentions: [mention],
    used,
  };
}

/** 民办非企业的研究院，新型研发机构: what it is of the two, said by itself. */
const alone = (reading: Reading, spoken: readonly Found<string>[]): Found<string> | undefined =>
  spoken.find(
    (h) =>
      h.value === 'new-rd-institution' &&
      reading.segments.some(
        (s) => h.end === s.end && reading.language.kindCues.barely.test(reading.text.slice(s.start, h.start)),
      ),
  );

/** 我院不是三甲: 我院 is a hospital where the message speaks of hospitals. */
function hospitalOfOurs(reading: Reading, spoken: readonly Found<string>[]): Found<string> | undefined {
  const m = reading.language.kindCues.ourHospital.exec(reading.text);
  return m && spoken.some((h) => h.value === 'hospital')
    ? { start: m.index, end: m.index + m[0].length, word: m[0], value: 'hospital' }
    : undefined;
}

/** 我们、厦门理工学院、三家配套厂: of a member told in a row, not of the asker. */
const ofMember = (reading: Reading, hit: Found<string>): boolean =>
  membersOf(reading).some((run) =>
    run.some((i) => i.kind !== 'asker' && !i.leads && hit.start >= i.start && hit.end <= i.end),
  );

/** 烟台企业: 企业, not 台企. */
function wholeWord(text: string, hit: Found<string>): Found<string> {
  if (hit.word.length !== 2 || !hit.word.endsWith('企') || text[hit.end] !== '业') return hit;
  return { ...hit, start: hit.end - 1, end: hit.end + 1, word: text.slice(hit.end - 1, hit.end + 1) };
}

/** The strongest claim wins; of equal ones the more specific word. */
function pick(reading: Reading, found: Found<string>[]): { hit: Found<string>; score: number } | null {
  let best: { hit: Found<string>; score: number } | null = null;
  for (const hit of found) {
    // 某研究所，事业单位: the general word yields to the plain one.
    const score = claim(reading, hit) * (hit.word === '事业单位' ? 0.15 : 1);
    const better =
      best === null || score > best.score || (score === best.score && specific(hit) > specific(best.hit));
    if (score > 0 && better) best = { hit, score };
  }
  return best;
}

/** 集团企业 is a group, 三甲医院 a hospital, whatever general word stands beside. */
const specific = (hit: Found<string>): number => hit.word.length + (hit.value === 'enterprise' ? 0 : 10);
