import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DataError } from '../errors.js';

const words = z.array(z.string().min(1));
const CUES = [
  'negated',
  'twice',
  'notNegated',
  'negatedAfter',
  'twiceAfter',
  'lostAfter',
  'lostBefore',
  'askedBefore',
  'askedAfter',
  'topic',
  'weLack',
  'weHold',
  'formYes',
  'formNo',
  'claims',
  'claimsAfter',
  'footing',
  'joint',
  'either',
  'ruleBefore',
  'ruleAfter',
  'orElse',
  'maybeDone',
  'unsure',
  'ruleTalk',
  'heldAgainst',
  'allLack',
  'shortBy',
  'upTo',
  'ownBefore',
  'denied',
  'affirmed',
  'either2',
  'withLead',
  'withoutLead',
  'gathers',
  'gatherVerb',
  'besideLead',
  'withLeadSum',
  'sumWord',
  'selfArticle',
  'shortOf',
  'backboneAsked',
  'weFound',
  'thatOne',
  'ledAsked',
  'leadsFor',
  'allOf',
  'amongAll',
  'wrongAfter',
  'memberIntro',
  'memberAsker',
  'memberAcademic',
  'memberOther',
  'memberEnterprise',
  'memberVerb',
  'rosterOpening',
  'kindAhead',
  'ledBefore',
  'insideBefore',
  'rosterAside',
  'rosterSide',
  'noOthers',
  'outsideBefore',
  'fromOutside',
  'outsideAfter',
  'withLeadToo',
  'unitsAsked',
  'weAre',
  'joinsCounts',
  'metBehind',
  'rosterSum',
  'rosterMore',
  'rosterGather',
  'rosterClosing',
  'rosterAsker',
  'rosterBesides',
  'rosterAdjective',
  'rosterNoUnit',
  'rosterChain',
  'rosterPast',
  'rosterTalk',
  'headEnterprise',
  'headAcademic',
  'headOther',
  'weLead',
  'gathersNames',
  'wholeBehind',
  'thingAfter',
  'theOthers',
  'takesPart',
  'takesPartWord',
  'leadBefore',
  'leadAfter',
  'wholeAfter',
  'article',
  'remainder',
  'wholeOf',
  'lessThese',
  'chainAfter',
  'chainBefore',
  'countFiller',
  'shortUpTo',
  'shortFrom',
  'shortBetween',
  'unitSaid',
  'notThere',
  'placeEnds',
  'placedCount',
  'allLocal',
  'localShareAfter',
  'localShareBefore',
  'localSum',
  'answerEnds',
  'answerOpening',
  'answerPlusUs',
  'parentAnswer',
  'subsidiaryAnswer',
  'partOf',
  'namedLeads',
  'namedUniversity',
  'placedUnit',
  'talentCase',
  'nationalCounted',
  'nationalTitle',
  'oneInOther',
  'twoRanks',
  'rulesOfCity',
  'ofConsortium',
  'coBuilders',
  'otherThings',
  'listOf',
  'fullTime',
  'partTime',
  'both',
  'apart',
  'othersThan',
  'comesTo',
  'sideOfChain',
  'addedSince',
  'nothingOfItsOwn',
  'enterprise',
  'academic',
  'otherUnit',
  'more',
  'moreOnly',
  'less',
  'lessAfter',
  'changesNothing',
  'growthUp',
  'growthDown',
  'yearByYear',
  'total3',
  'threeYears',
  'ownTime',
  'aside',
  'backboneOwner',
  'isSelf',
  'local',
  'seat',
  'requests',
  'mayCome',
  'everyYearAfter',
  'earned',
  'earnedNot',
  'measured',
  'neverForm',
  'neverBecause',
  'keptBefore',
  'keptAfter',
  'asDemand',
  'takenBack',
  'howMuch',
  'asksOfBefore',
  'agrees',
  'noneOfAsked',
  'allOfAsked',
  'site',
  'there',
  'holdsThere',
  'hasLed',
  'deniedPlace',
  'institution',
  'rulesOfPlace',
  'livesIn',
  'unitAfter',
  'partnerKind',
  'kindAdjective',
  'countBefore',
  'oneBefore',
  'isA',
  'leads',
  'ofRules',
  'owned',
  'named',
  'nameAsked',
  'interrogative',
  'gathered',
  'siteAfter',
  'everyYear',
  'salesWord',
  'universal',
  'universalAfter',
  'finalMo',
  'english',
  'person',
  'otherOwner',
  'precedent',
  'onBehalf',
  'localUnit',
  'tableAside',
  'tableHead',
  'moneyHeading',
  'stateDoubt',
  'stateOpen',
  'stateAsk',
  'stateDue',
  'stateRenew',
  'stateSoon',
  'stateLost',
  'statePast',
  'stateLack',
  'stateGot',
  'stateNot',
  'stateFiller',
  'otherUnits',
  'parentUnits',
  'asksAsSubsidiary',
  'ownUnit',
  'heldBefore',
  'heldAfter',
  'notOurs',
  'ofInstitution',
  'selfLacks',
  'except',
  'besidesIt',
  'lacksRest',
  'hasRest',
  'notAll',
  'chainWhole',
  'chainPart',
  'neverLed',
  'titleLost',
  'noUnitHere',
  'lacksThere',
  'placeAlone',
  'oneUnit',
  'countedWithUs',
  'seatedHere',
  'hearsay',
  'orDay',
  'roughDay',
  'roughlyDay',
  'wasLost',
  'letAlone',
  'evenLess',
  'notToSpeak',
  'sharesIn',
  'foundedThere',
  'seatAndSite',
  'leaderIs',
  'headCity',
  'leadsAsKind',
  'parentSaid',
  'childSaid',
  'otherSpan',
  'summedUp',
  'titleLostOn',
  'deniedFor',
  'doubted',
  'demandThat',
  'demandAsked',
  'demandSaid',
  'demandBehind',
] as const;
export type Cue = (typeof CUES)[number];
/** Cues of which every match in a text counts. */
const EVERYWHERE: ReadonlySet<Cue> = new Set(['person', 'otherOwner', 'there']);

const schema = z.strictObject({
  self: words,
  inPerson: words,
  narrower: words,
  selfKind: z.record(z.string(), z.string()),
  partner: words,
  correction: words,
  hypothetical: words,
  unknownAnswer: words,
  yes: words,
  no: words,
  years: z.record(z.string(), z.number().int()),
  eachYear: words,
  lastYear: words,
  lends: z.record(z.string(), words),
  countsLead: z.record(z.string(), z.string().nullable()),
  withoutLead: z.record(z.string(), z.string()),
  quietNames: z.array(z.strictObject({ when: z.string(), names: z.record(z.string(), z.string()) })),
  decoys: words,
  notNames: words,
  localWord: z.string().min(1),
  times: z.strictObject({ past: z.string().min(1), toCome: z.string().min(1) }),
  cues: z.strictObject(
    Object.fromEntries(CUES.map((c) => [c, z.string().min(1)])) as Record<Cue, z.ZodString>,
  ),
  keyTerms: words,
  lookAlikes: words,
  particles: z.record(z.string(), z.string()),
  shorthand: z.array(z.strictObject({ from: z.string().min(1), to: z.string() })),
  talentShorthand: z.array(z.strictObject({ from: z.string().min(1), to: z.string() })),
  intents: z.record(z.string(), words),
  wants: z.record(z.string(), z.string()),
  filler: words,
  joining: z.string(),
  conditions: z.string(),
  consortiumWords: z.string(),
  talentWords: z.string(),
  remember: z.string(),
  forget: z.string(),
  forgetOne: z.string(),
  original: z.string(),
  why: z.string(),
  originalOnly: z.string(),
  benefits: z.string(),
});
const PATTERNS = [
  'joining',
  'conditions',
  'consortiumWords',
  'talentWords',
  'remember',
  'forget',
  'forgetOne',
  'original',
  'originalOnly',
  'why',
  'benefits',
] as const;
type Pattern = (typeof PATTERNS)[number];

/** knowledge/language.yaml: how people ask. */
export interface Language
  extends Omit<z.infer<typeof schema>, 'intents' | 'wants' | 'cues' | Pattern>,
    Record<Pattern, RegExp> {
  /** What stands beside a name or figure, by purpose (see the comments in the file). */
  cues: Record<Cue, RegExp>;
  intents: Record<string, RegExp[]>;
  wants: Record<string, RegExp>;
}

/** A comma is a half-width one in the text that patterns meet (NFKC), so what may not pass ， may not pass that. */
const ofOneStatement = (source: string): string =>
  source.replace(/\[\^([^\]]+)\]/g, (all, of: string) =>
    of.includes('，') && !of.includes(',') ? `[^,${of}]` : all,
  );

/** Reads language.yaml. @throws DataError naming the field and what would be accepted. */
export function loadLanguage(file: string): Language {
  const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new DataError(file, null, `${issue.path.join('.')}: ${issue.message}`);
  }
  const regex = (source: string, at: string, flags = 'iu'): RegExp => {
    try {
      return new RegExp(ofOneStatement(source), flags);
    } catch (error) {
      throw new DataError(file, null, `${at}: not a regular expression: ${(error as Error).message}`);
    }
  };
  const patterns = Object.fromEntries(PATTERNS.map((p) => [p, regex(parsed.data[p], p)])) as Record<
    Pattern,
    RegExp
  >;
  return {
    ...parsed.data,
    ...patterns,
    cues: Object.fromEntries(
      CUES.map((c) => [c, regex(parsed.data.cues[c], `cues.${c}`, EVERYWHERE.has(c) ? 'giu' : 'iu')]),
    ) as Record<Cue, RegExp>,
    intents: Object.fromEntries(
      Object.entries(parsed.data.intents).map(([name, list]) => [
        name,
        list.map((s) => regex(s, `intents.${name}`)),
      ]),
    ),
    wants: Object.fromEntries(
      Object.entries(parsed.data.wants).map(([name, s]) => [name, regex(s, `wants.${name}`)]),
    ),
  };
}

/** Places that no pack covers. */
export interface Places {
  words: string[];
  /** Those that are also ordinary words (朝阳, 白银): read only where the words beside them speak of a place. */
  ambiguous: ReadonlySet<string>;
}

/** Reads knowledge/places.yaml, `covered` words taken out. */
export function loadPlaces(file: string, covered: ReadonlySet<string>): Places {
  const raw = parse(readFileSync(file, 'utf8')) as {
    cities?: string;
    provinces?: string;
    ambiguous?: string;
  };
  const list = (text: string | undefined) => (text ?? '').split(/\s+/).filter((w) => w !== '');
  const all = [...list(raw.cities), ...list(raw.provinces)];
  return { words: all.filter((w) => !covered.has(w)), ambiguous: new Set(list(raw.ambiguous)) };
}

/** A word found in a text. */
export interface Found<T> {
  start: number;
  end: number;
  word: string;
  value: T;
}

/** Finds words in a text, longest first, never overlapping. Latin words match at word boundaries only. */
export class WordFinder<T> {
  readonly #byHead = new Map<string, { word: string; value: T }[]>();

  constructor(entries: Iterable<readonly [word: string, value: T]>) {
    for (const [raw, value] of entries) {
      const word = raw.toLowerCase();
      const head = word[0]!;
      const list = this.#byHead.get(head) ?? [];
      list.push({ word, value });
      this.#byHead.set(head, list);
    }
    for (const list of this.#byHead.values()) list.sort((a, b) => b.word.length - a.word.length);
  }

  find(text: string): Found<T>[] {
    const out: Found<T>[] = [];
    for (let i = 0; i < text.length; i++) {
      const hit = this.#byHead
        .get(text[i]!)
        ?.find(({ word }) => text.startsWith(word, i) && bounded(text, i, word));
      if (!hit) continue;
      out.push({ start: i, end: i + hit.word.length, word: hit.word, value: hit.value });
      i += hit.word.length - 1;
    }
    return out;
  }
}

function bounded(text: string, at: number, word: string): boolean {
  if (!/[a-z]/.test(word[0]!)) return true;
  return !/[a-z]/.test(text[at - 1] ?? '') && !/[a-z]/.test(text[at + word.length] ?? '');
}
