import { clauseDocs } from '../../src/assistant/index-docs.js';
import { loadWorld } from '../../src/assistant/world.js';
import type { IndexDoc } from '../../src/retrieval/index.js';
import { dice, madeUpName } from './made-up.js';
import { KNOWLEDGE } from './packs.js';

/**
 * Clauses of `n` documents: the project's own, then synthetic ones. A synthetic document draws each clause from any of the
 * project's (so that no two are alike), under a made-up city's name and with other numbers, and is marked 【合成】 in its title
 * and `synthetic/` in its ids. The same `n` gives the same clauses.
 */
export function syntheticDocs(n: number): IndexDoc[] {
  const world = loadWorld(KNOWLEDGE);
  const own = clauseDocs(world);
  const byGroup = new Map<string, IndexDoc[]>();
  for (const d of own) byGroup.set(d.group ?? '', [...(byGroup.get(d.group ?? '') ?? []), d]);
  const groups = [...byGroup.keys()];
  const cities = new Map(world.library.policies.map((p) => [p.meta.id, p.meta.cityName]));
  const random = dice(20261121);
  const out: IndexDoc[] = [];
  for (const group of groups.slice(0, n)) out.push(...byGroup.get(group)!);
  for (let i = groups.length; i < n; i++) {
    const group = `synthetic/${i}`;
    const name = madeUpName(random, 2 + (i % 2));
    const size = byGroup.get(groups[i % groups.length]!)!.length;
    for (let c = 0; c < size; c++) {
      const base = own[random(own.length)]!;
      const city = cities.get(base.group ?? '') ?? '';
      const scale = 1 + random(9);
      const rewrite = (text: string) =>
        (city === '' ? text : text.replaceAll(city, name)).replace(/\d+/g, (number) =>
          number.length > 6 ? number : String(Number(number) * scale),
        );
      out.push({
        id: `${group}/${c}`,
        group,
        title: rewrite(base.title),
        text: rewrite(base.text),
        context: `【合成】${rewrite(base.context ?? '')}`,
        asks: (base.asks ?? []).slice(0, 4).map(rewrite),
      });
    }
  }
  return out;
}
