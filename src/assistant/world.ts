import { join } from 'node:path';
import {
  type Entry,
  type Library,
  loadAsks,
  loadEntries,
  loadLibrary,
  loadMentions,
  loadTopics,
  type Mention,
  type Policy,
  statusOn,
  type Topic,
} from '../knowledge/index.js';
import {
  type Calculation,
  type Criterion,
  loadCalculations,
  loadCriteria,
  loadVocabulary,
  type Vocabulary,
} from '../rules/index.js';
import {
  CityBook,
  type Language,
  loadLanguage,
  loadPlaces,
  marksOf,
  Reader,
} from '../understanding/index.js';
import { Asking } from './asking.js';
import { type Aspect, loadAspects } from './aspects.js';
import { ComparisonBook } from './comparison.js';
import { type English, loadEnglish } from './compose/english.js';
import { Glossary } from './confidence.js';
import { Everyday } from './everyday.js';
import { Following } from './following.js';
import { loadReckoning, type ReckoningWords } from './reckon/words.js';
import { loadUncovered, type Matter } from './uncovered.js';
import { loadWants, type Wants } from './wants.js';
import { Wording } from './wording.js';
import { loadWorldly, type Worldly } from './worldly.js';

/** Everything the assistant answers from, loaded once from a knowledge folder. */
export interface World {
  library: Library;
  vocabulary: Vocabulary;
  /** Policy id → its criteria, in file order. */
  criteria: ReadonlyMap<string, readonly Criterion[]>;
  entries: ReadonlyMap<string, readonly Entry[]>;
  /** Policy id → what its document names and does not spell out. */
  mentions: ReadonlyMap<string, readonly Mention[]>;
  /** Policy id → further ways of asking: entry id, or `rule:` and a criterion's id → phrases. */
  asks: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
  topics: ReadonlyMap<string, Topic>;
  language: Language;
  reader: Reader;
  book: CityBook;
  wording: Wording;
  glossary: Glossary;
  uncovered: readonly Matter[];
  aspects: readonly Aspect[];
  /** Ways of asking for the state of the world, which rules do not tell. */
  wants: Wants;
  worldly: Worldly;
  asking: Asking;
  /** Short questions of everyday words, and the parts of a message that only say who asks. */
  everyday: Everyday;
  /** What is said in a conversation and leans on what was said before. */
  following: Following;
  comparison: ComparisonBook;
  /** What is to be reckoned with the figures and dates that the documents state. */
  reckoning: ReckoningWords;
  english: English;
  calculations: ReadonlyMap<string, readonly Calculation[]>;
  /** City id → label, in the vocabulary's order, only those with a document that sets rules. */
  cities: ReadonlyMap<string, string>;
  /** Documents that set rules (not the informational ones), in reading order. */
  rulesOf(cities: readonly string[]): Policy[];
  statusOf(policy: Policy, asOf: string): string;
}

/**
 * Loads a knowledge folder. @throws DataError or PackError naming file, line and what would be accepted.
 */
export function loadWorld(dir: string): World {
  const library = loadLibrary(dir);
  const vocabulary = loadVocabulary(join(dir, 'facts.yaml'));
  const topics = loadTopics(join(dir, 'topics.yaml'));
  const language = loadLanguage(join(dir, 'language.yaml'));
  const criteria = new Map<string, Criterion[]>();
  const calculations = new Map<string, Calculation[]>();
  const entries = new Map<string, Entry[]>();
  const mentions = new Map<string, Mention[]>();
  const asks = new Map<string, ReadonlyMap<string, readonly string[]>>();
  const cityWords = new Map<string, string[]>();
  const labels = new Map<string, string>();
  for (const policy of library.policies) {
    criteria.set(policy.meta.id, loadCriteria(join(dir, policy.meta.id, 'rules.yaml'), policy, vocabulary));
    entries.set(policy.meta.id, loadEntries(join(dir, policy.meta.id, 'entries.yaml'), policy, topics));
    mentions.set(policy.meta.id, loadMentions(join(dir, policy.meta.id, 'mentions.yaml'), policy));
    const askable = [
      ...entries.get(policy.meta.id)!.map((e) => e.id),
      ...criteria.get(policy.meta.id)!.map((c) => `rule:${c.id}`),
    ];
    asks.set(policy.meta.id, loadAsks(join(dir, policy.meta.id, 'asks.yaml'), new Set(askable)));
    calculations.set(
      policy.meta.id,
      loadCalculations(join(dir, policy.meta.id, 'calculations.yaml'), policy, vocabulary),
    );
    const words = cityWords.get(policy.meta.city) ?? [];
    cityWords.set(policy.meta.city, [...new Set([...words, policy.meta.cityName, ...policy.meta.cityWords])]);
    if (policy.meta.kind !== 'informational') labels.set(policy.meta.city, policy.meta.cityName);
  }
  const places = loadPlaces(join(dir, 'places.yaml'), new Set([...cityWords.values()].flat()));
  const book = new CityBook(cityWords, places);
  const order = new Map(vocabulary.get('lead.city')?.values.map((v, i) => [v.id, i]));
  const place = (city: string): number => order.get(city) ?? -1;
  const cities = new Map([...labels].sort((a, b) => place(a[0]) - place(b[0])));
  const rules = library.policies
    .filter((p) => p.meta.kind !== 'informational')
    .sort((a, b) => place(a.meta.city) - place(b.meta.city));
  return {
    library,
    vocabulary,
    criteria,
    entries,
    mentions,
    asks,
    topics,
    language,
    reader: new Reader(
      vocabulary,
      language,
      book,
      marksOf(criteria, (id) => library.policy(id)?.meta.city),
    ),
    book,
    wording: new Wording(join(dir, 'wording.yaml')),
    glossary: new Glossary(join(dir, 'glossary.yaml')),
    uncovered: loadUncovered(join(dir, 'uncovered.yaml')),
    aspects: loadAspects(join(dir, 'aspects.yaml')),
    wants: loadWants(join(dir, 'wants.yaml')),
    worldly: loadWorldly(join(dir, 'worldly.yaml')),
    asking: new Asking(join(dir, 'questions.yaml')),
    everyday: new Everyday(join(dir, 'everyday.yaml'), topics),
    following: new Following(join(dir, 'following.yaml')),
    english: loadEnglish(join(dir, 'english.yaml')),
    comparison: new ComparisonBook(join(dir, 'comparison.yaml'), vocabulary, topics),
    reckoning: loadReckoning(join(dir, 'reckoning.yaml')),
    calculations,
    cities,
    rulesOf: (wanted) => (wanted.length === 0 ? rules : rules.filter((p) => wanted.includes(p.meta.city))),
    statusOf: (policy, asOf) => statusOn(policy.meta, asOf),
  };
}
