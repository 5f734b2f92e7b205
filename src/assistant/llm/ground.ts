import { InputError } from '../../errors.js';
import { readQuantities } from '../../quantity/index.js';
import { readFact, writeFact } from '../../rules/index.js';
import { normalise } from '../../understanding/index.js';
import type { World } from '../world.js';

/** What the user established, as the deterministic reader reads it. */
export interface Ground {
  /** Every turn of the user's, in order. */
  words: readonly string[];
  /** Facts in the contract's notation. */
  facts: Readonly<Record<string, unknown>>;
  /** Cities the user named; empty when none, then any may be asked for. */
  cities: readonly string[];
}

/** A tool call whose arguments the user did not give. Its message goes back to the model. */
export class Ungrounded extends Error {
  override readonly name = 'Ungrounded';
}

/** @throws Ungrounded naming the first fact that the user did not state, or stated otherwise. */
export function groundFacts(world: World, ground: Ground, given: Readonly<Record<string, unknown>>): void {
  for (const [id, value] of Object.entries(given)) {
    if (value === null || value === undefined) continue;
    const spec = world.vocabulary.get(id);
    if (!spec) throw new Ungrounded(`没有名为 ${id.slice(0, 40)} 的事实`);
    let read: unknown;
    try {
      const fact = readFact(spec, value);
      read = fact === null ? null : writeFact(spec, fact);
    } catch (error) {
      if (error instanceof InputError) throw new Ungrounded(`${error.message}；可接受：${error.accepted}`);
      throw error;
    }
    if (read === null) continue;
    if (!(id in ground.facts)) throw new Ungrounded(`用户没有说过“${spec.label}”，不能填写 ${id}`);
    if (JSON.stringify(read) !== JSON.stringify(ground.facts[id]))
      throw new Ungrounded(`${id} 与用户说的不一致：用户说的是 ${JSON.stringify(ground.facts[id])}`);
  }
}

/** @throws Ungrounded when a city was named and this is another. */
export function groundCity(ground: Ground, city: string): void {
  if (ground.cities.length > 0 && !ground.cities.includes(city))
    throw new Ungrounded(`用户问的不是这个城市（${city}）`);
}

/**
 * Inputs of a calculation: each figure and date must stand in the user's words, each yes or no in the facts read from them.
 * @throws Ungrounded
 */
export function groundInputs(world: World, ground: Ground, inputs: Readonly<Record<string, unknown>>): void {
  const said = ground.words.flatMap((w) => readQuantities(normalise(w)));
  for (const [name, value] of Object.entries(inputs)) {
    if (value === null || value === undefined) continue;
    if (world.vocabulary.get(name)) {
      groundFacts(world, ground, { [name]: value });
      continue;
    }
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const figures = readQuantities(text);
    const plain = typeof value === 'number' ? String(value) : null;
    const held =
      plain !== null
        ? said.some((q) => q.value === plain)
        : figures.length > 0
          ? figures.every((f) => said.some((q) => q.value === f.value && q.unit === f.unit))
          : typeof value === 'string' && ground.words.some((w) => w.includes(value));
    if (!held) throw new Ungrounded(`${name} 的值 ${text.slice(0, 40)} 不在用户说过的话里`);
  }
}

/** A rephrased question may leave words out; figures and cities that the user did not say it may not hold. @throws Ungrounded */
export function groundQuery(world: World, ground: Ground, query: string): void {
  const said = ground.words.flatMap((w) => readQuantities(normalise(w)));
  for (const q of readQuantities(normalise(query))) {
    if (!said.some((s) => s.value === q.value && s.unit === q.unit))
      throw new Ungrounded(`“${q.text}”不在用户说过的话里`);
  }
  for (const c of world.book.find(normalise(query))) groundCity(ground, c.value);
}

/** Whether every pair of neighbouring characters of a query stands in the user's words: an extract, nothing new. */
export function isExtract(ground: Ground, query: string): boolean {
  const words = ground.words.map((w) => normalise(w)).join('\n');
  const bare = normalise(query).replace(/[^\p{L}\p{N}]+/gu, ' ');
  return bare.split(' ').every((run) => {
    for (let i = 0; i + 2 <= run.length; i++) if (!words.includes(run.slice(i, i + 2))) return false;
    return run.length !== 1 || words.includes(run);
  });
}
