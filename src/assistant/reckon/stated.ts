import type { Anchor, Entry, Policy } from '../../knowledge/index.js';
import { type Bound, type Quantity, readQuantities } from '../../quantity/index.js';
import { LexicalIndex } from '../../retrieval/index.js';
import { ownNames } from '../steps/summands.js';
import type { World } from '../world.js';

/** A figure that a document states, by its name there. */
export interface Stated {
  id: string;
  name: string;
  /** What tells its name from those of the figures beside it; empty where it stands alone. */
  own: string;
  quantity: Quantity;
  entry: Entry;
  policy: Policy;
}

export interface Found {
  figure: Stated;
  score: number;
  /** Share of the words that the figure's names hold. */
  coverage: number;
}

/** What can be reckoned with: money, counts and percents; points are those of a table (steps/scores.ts). */
const UNITS: ReadonlySet<string> = new Set(['CNY', 'count', 'percent']);

/** The figures that the entries of all documents state, searchable by what they are of. */
export class StatedFigures {
  readonly #byId = new Map<string, Stated>();
  readonly #index: LexicalIndex;

  constructor(world: World) {
    const docs = world.library.policies.flatMap((policy) =>
      (world.entries.get(policy.meta.id) ?? []).flatMap((entry) => {
        const figures = entry.figures.map((f) => ({
          ...f,
          read: readQuantities(f.text).filter((q) => q.exact !== null && UNITS.has(q.unit)),
        }));
        const alone = figures.filter((f) => f.read.length > 0).length === 1;
        const measures = (f: (typeof figures)[number]) => f.read.map((q) => `${q.unit} ${q.measure}`).join();
        return figures.flatMap((f, i) => {
          const beside = figures.filter((x) => measures(x) === measures(f)).map((x) => x.name);
          const own = beside.length > 1 ? ownNames(beside)(f.name) : '';
          const { read } = f;
          return read.map((q, j) => {
            const id = `${policy.meta.id}/${entry.id}/${i}/${j}`;
            const quantity = { ...q, bound: q.bound ?? boundIn(entry.at, q) };
            this.#byId.set(id, { id, name: f.name, own, quantity, entry, policy });
            return {
              id,
              group: policy.meta.id,
              title: f.name,
              text: [f.condition ?? '', entry.title].join('\n'),
              // What is said of one figure alone is said of it.
              context: [world.topics.get(entry.topic)?.title ?? '', ...(alone ? [entry.say] : [])].join('\n'),
            };
          });
        });
      }),
    );
    this.#index = LexicalIndex.build(docs);
  }

  /** All figures of an entry, in its order. */
  ofEntry(entry: Entry): Stated[] {
    return [...this.#byId.values()].filter((f) => f.entry === entry);
  }

  /** The share of some words that a figure's names hold. */
  coverage(words: string, figure: Stated): number {
    return this.#index.coverage(words, figure.id);
  }

  /** Figures by how well their names match some words, best first. */
  search(words: string, policies: readonly string[], k = 12): Found[] {
    return this.#index.search(words, { k, groups: policies }).map(({ id, score }) => ({
      figure: this.#byId.get(id)!,
      score,
      coverage: this.#index.coverage(words, id),
    }));
  }
}

const INDEXES = new WeakMap<World, StatedFigures>();

/** The stated figures of a world, read once. */
export function figuresOfWorld(world: World): StatedFigures {
  const known = INDEXES.get(world);
  if (known) return known;
  const read = new StatedFigures(world);
  INDEXES.set(world, read);
  return read;
}

/** How the document bounds a figure (最高2000万元), read where it stands. */
function boundIn(at: readonly Anchor[], figure: Quantity): Bound | null {
  for (const { quote } of at) {
    const there = readQuantities(quote).find((q) => q.unit === figure.unit && q.value === figure.value);
    if (there) return there.bound;
  }
  return null;
}
