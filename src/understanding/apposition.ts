import type { Item, UnitKind } from './unit-kind.js';

/** A kind said in front of the names that are of it (企业有A、B), or behind them with how many they are (A、B、C三家企业). */
export interface Told {
  kind: UnitKind;
  chain: boolean;
  /** How many names it sums up; null in front of them. */
  n: number | null;
}

/** What was said of the kind of the names around an item. */
export const TOLD = new WeakMap<Item, Told>();

/**
 * Names whose endings tell nothing take the kind that is said of them. A sum that is not as many as the names before it tells of
 * others: the row ends there.
 */
export function told(run: readonly Item[]): Item[][] {
  const out: Item[][] = [[]];
  let ahead: Told | null = null;
  for (const item of run) {
    const row = out.at(-1)!;
    const said = TOLD.get(item);
    if (said?.n === null) ahead = said;
    else if (item.counted || (item.kind !== 'unknown' && item.kind !== ahead?.kind)) ahead = null;
    if (said && said.n !== null) {
      const names = row.slice(-(said.n - 1));
      const fits =
        names.length === said.n - 1 &&
        names.every((i) => !i.counted && (i.kind === 'unknown' || i.kind === said.kind));
      if (!fits) {
        out.push([]);
        continue;
      }
      const of = (i: Item): Item => ({ ...i, kind: said.kind, chain: said.chain || i.chain });
      row.splice(row.length - names.length, names.length, ...names.map(of));
      row.push(of(item));
      continue;
    }
    row.push(
      ahead && item.kind === 'unknown'
        ? { ...item, kind: ahead.kind, chain: ahead.chain || item.chain }
        : item,
    );
  }
  return out;
}
