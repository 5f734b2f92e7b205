import {
  canonical,
  compareExact,
  type Quantity,
  readQuantities,
  writeQuantity,
} from '../../quantity/index.js';
import type { Criterion } from '../../rules/index.js';
import { ASIDE } from '../asking/who.js';
import { criteriaOn, spoken } from '../compose/requirements.js';
import type { Draft, Kit, Step, Turn } from '../turn.js';
import type { Block } from '../types.js';
import { threshold } from './threshold.js';

/** Units of the figures that are held against each other, by the types of the facts that have them. */
const UNITS: Readonly<Record<string, string>> = { money: 'CNY', percent: 'percent', count: 'count' };
/** More facts than this make a table, not one line. */
const FEW = 2;

/** One city's demand of one fact: a single figure, with its words. */
interface Demand {
  city: string;
  figure: Quantity;
  criterion: Criterion;
}

/** “营收门槛差几个亿”, “哪个城市的研发占比最低”: by how much the cities' figures differ, first of all; then the demands themselves. */
export const apart: Step = (kit, turn) => {
  const { u } = turn;
  const { asking } = kit.world;
  if (turn.policies.length < 2 || u.mentions.some((m) => !ASIDE.has(m.fact))) return null;
  const differ = asking.is('difference', u.text) && u.cities.length > 1;
  const most = asking.is('extreme', u.text) || (asking.is('compares', u.text) && u.cities.length > 1);
  if (!differ && !most) return null;
  const facts = counted(kit, u.asked.length > 0 ? u.asked : differ ? unnamed(kit, turn) : []);
  const lines = facts.slice(0, FEW).flatMap((fact) => line(kit, turn, fact) ?? []);
  // 谁的成员要求多: where their figures are of different things, the demands are told side by side.
  const others = lines.length === 0 && most && turn.named && facts.length > 0 && u.intents.has('threshold');
  if (others) return { ...threshold(kit, turn, facts), intent: 'comparison' };
  if (lines.length === 0) return null;
  const draft: Draft = threshold(kit, turn, u.asked.length > 0 ? facts : facts.slice(0, FEW));
  const lead: Block = { kind: 'lead', text: lines.join(''), cites: [] };
  return { ...draft, intent: 'comparison', blocks: [lead, ...draft.blocks] };
};

/** Those of some facts that are numbers of which figures are demanded. */
function counted(kit: Kit, facts: readonly string[]): string[] {
  return facts.filter((f) => kit.world.vocabulary.get(f)!.type in UNITS);
}

/** The facts meant by “门槛差几个亿”: those demanded in that unit of every city in question. */
function unnamed(kit: Kit, turn: Turn): string[] {
  const type = kit.world.asking.unitDiffered(turn.u.text);
  return kit.world.vocabulary.specs
    .filter((s) => s.type === type && s.id.startsWith('lead.'))
    .filter((s) => turn.policies.every((p) => criteriaOn(kit.world, p, [s.id], 'lead').length > 0))
    .map((s) => s.id);
}

/** What the figures of one fact come to, side by side; null where fewer than two cities state one. */
function line(kit: Kit, turn: Turn, fact: string): string | null {
  const { wording, vocabulary } = kit.world;
  const spec = vocabulary.get(fact)!;
  const demands = turn.policies.flatMap((p): Demand[] => {
    const own = criteriaOn(kit.world, p, [fact], null).flatMap((criterion) =>
      figuresOf(criterion, fact, UNITS[spec.type]!).map((figure) => ({
        city: p.meta.cityName,
        figure,
        criterion,
      })),
    );
    return own.length === 1 ? own : [];
  });
  const [high, ...rest] = demands.sort((a, b) => compareExact(b.figure.exact!, a.figure.exact!));
  const low = rest.at(-1);
  if (!high || !low) return null;
  const silent = turn.policies.map((p) => p.meta.cityName).filter((c) => !demands.some((d) => d.city === c));
  const values = { fact: spec.synonyms[0] ?? spec.label, high: high.city, low: low.city };
  const each = (d: Demand) =>
    wording.say('apart.each', { city: d.city, required: words(kit, d.criterion, fact), mark: mark(kit, d) });
  const items = demands.map(each).join('，');
  const gap = high.figure.exact!.sub(low.figure.exact!);
  const value = writeQuantity({ ...high.figure, exact: gap, value: canonical(gap), bound: null });
  const text =
    gap.n === 0n
      ? wording.say('apart.same', { ...values, items })
      : demands.length > 2 || silent.length > 0
        ? wording.say('apart.order', { ...values, items })
        : wording.say('apart.gap', {
            ...values,
            items,
            gap:
              spec.type === 'percent' ? wording.say('apart.points', { n: value.replace(/%$/, '') }) : value,
          });
  const none = silent.length > 0 ? wording.say('apart.silent', { cities: silent.join('、') }) : '';
  return `${text}${none}`;
}

/** The figures that a criterion prints for one of its facts: of alternatives only that one's. */
function figuresOf(c: Criterion, fact: string, unit: string): Quantity[] {
  const words = c.alternatives ? [c.words[c.facts.indexOf(fact)] ?? ''] : c.words;
  return words.flatMap((w) => readQuantities(w).filter((q) => q.exact !== null && q.unit === unit));
}

const words = (kit: Kit, c: Criterion, fact: string): string =>
  c.alternatives ? c.words[c.facts.indexOf(fact)]! : spoken(kit.world, c);

const mark = (kit: Kit, { criterion }: Demand): string =>
  criterion.strength === 'principle' ? kit.world.wording.say('apart.principle') : '';
