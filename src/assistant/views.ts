import type { Found } from '../understanding/lexicon.js';
import { Kit } from './turn.js';
import type { World } from './world.js';

/** With no more cities than this every answer looks at all of them. */
const WHOLE = 12;
/** How many cities an answer looks at beside those that are named, where there are more. */
const HOME = 8;
/** How many cities of one message are answered for. */
const NAMED = 8;
/** Views of named cities that are kept, the latest used ones. */
const KEPT = 24;

/**
 * What an answer looks at. With few cities that is all of them. With many it is those named and the first ones of the
 * vocabulary (`lead.city` in facts.yaml): what others say beside a city, how rare a word is, what an answer without a city
 * lists, and what a question costs do not grow with the collection, and what is said of a city does not change when
 * documents of others come. All cities are read in a question; the search of clauses (`Desk.search`) reaches every document.
 */
export class Views {
  readonly #home: ReadonlySet<string>;
  readonly #first: Kit;
  readonly #kept = new Map<string, Kit>();
  /** Number of a document, without signs → its city. */
  readonly #byNumber: ReadonlyMap<string, string>;

  /** Every city of which there is a document, those with rules first. */
  readonly #all: ReadonlySet<string>;

  constructor(private readonly world: World) {
    const cities = [...new Set([...world.cities.keys(), ...world.library.policies.map((p) => p.meta.city)])];
    this.#all = new Set(cities);
    this.#home = new Set(cities.length > WHOLE ? cities.slice(0, HOME) : cities);
    this.#byNumber = new Map(
      world.library.policies.flatMap(({ meta }) =>
        [meta.docNumber, ...meta.repeals.map((r) => r.docNumber)].flatMap((n) =>
          n === null ? [] : [[bare(n), meta.city] as const],
        ),
      ),
    );
    this.#first = this.#kit(this.#home);
  }

  /** Whether every answer looks at every city. */
  get whole(): boolean {
    return this.#home.size === this.#all.size;
  }

  /** The view of a question in which no city is named. */
  get home(): Kit {
    return this.#first;
  }

  /** The view of these cities; of a document's too whose number stands in the text. */
  of(cities: readonly string[], text = ''): Kit {
    if (this.whole) return this.#first;
    const squeezed = bare(text);
    const numbered = [...this.#byNumber].flatMap(([number, city]) =>
      squeezed.includes(number) ? [city] : [],
    );
    const added = [...new Set([...cities, ...numbered])].filter(
      (c) => !this.#home.has(c) && this.#all.has(c),
    );
    if (added.length === 0) return this.#first;
    const named = added.slice(0, NAMED).sort();
    const key = named.join();
    const kit = this.#kept.get(key) ?? this.#kit(new Set([...this.#home, ...named]));
    this.#kept.delete(key);
    this.#kept.set(key, kit);
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    return kit;
  }

  /** The view of the cities that a text names. */
  ofText(text: string): { kit: Kit; named: boolean } {
    const found: readonly Found<string>[] = this.world.book.find(text);
    return {
      kit: this.of(
        found.map((f) => f.value),
        text,
      ),
      named: found.length > 0,
    };
  }

  #kit(cities: ReadonlySet<string>): Kit {
    return this.whole ? new Kit(this.world) : new Kit(narrowed(this.world, cities), this.world.cities.size);
  }
}

const bare = (text: string): string => text.replace(/[〔〕[\]()（）\s]/g, '');

/** The world with the documents of some cities; reading still knows all. */
function narrowed(world: World, cities: ReadonlySet<string>): World {
  const policies = world.library.policies.filter((p) => cities.has(p.meta.city));
  const only = <T>(all: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
    new Map(
      policies.flatMap(({ meta }) => (all.has(meta.id) ? [[meta.id, all.get(meta.id)!] as const] : [])),
    );
  const rules = world.rulesOf([...cities]);
  return {
    ...world,
    library: { policies, policy: (id) => world.library.policy(id) },
    criteria: only(world.criteria),
    entries: only(world.entries),
    mentions: only(world.mentions),
    asks: only(world.asks),
    calculations: only(world.calculations),
    cities: new Map([...world.cities].filter(([id]) => cities.has(id))),
    rulesOf: (wanted) => (wanted.length === 0 ? rules : rules.filter((p) => wanted.includes(p.meta.city))),
  };
}
