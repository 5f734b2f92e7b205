import { isPoint, quantityRange } from '../quantity/index.js';
import type { Quantity } from '../quantity/types.js';
import { besideVague, joinAlternatives } from './alternatives.js';
import { isIndefinite } from './article.js';
import { assign } from './assign.js';
import { readBareNumber } from './bare-number.js';
import { putUpTo } from './by-size.js';
import { candidatesOf } from './candidates.js';
import { segmentAt } from './context.js';
import { readCountList } from './counts.js';
import { completeDates } from './dates.js';
import { readExchange } from './exchange.js';
import { TYPES } from './fit.js';
import { growRemembered, growthsOf } from './growth.js';
import { added, incrementsOf } from './increments.js';
import { memberKind } from './member-kind.js';
import { defaultFact, ofAnotherNow } from './nameless.js';
import { partsOfTotal } from './part-of-total.js';
import { isTurnover, partsOfYear } from './part-of-year.js';
import { joinOverlapping, joinSides, readParts } from './parts.js';
import type { Reading } from './reading.js';
import { isDenied, ofTheRules, putUp, replaces } from './role.js';
import { isShortage, isToCome, statesNothing } from './silent.js';
import { countsLeadAlone, isOwnUnit } from './standing.js';
import { unsureFigures, unsureOf } from './sure.js';
import { isTakenBack, toldAnew } from './taken-back.js';
import { readTotals, stateOf } from './totals.js';
import type { FactMention, Premise, Understanding } from './types.js';
import { changedFact, changeOf } from './whatif.js';
import { readYears } from './years.js';

/** What the figures of a question tell. */
export interface Figures {
  mentions: FactMention[];
  premises: Premise[];
  open: Understanding['open'];
  vague: Understanding['vague'];
  /** Starts of the names that a figure belongs to. */
  used: Set<number>;
}

/** Gives every figure of a question to the fact it states, to the rule it is held against, or leaves it open. */
export function readFigures(reading: Reading): Figures {
  const { text } = reading;
  const out: Figures = { mentions: [], premises: [], open: [], vague: [], used: new Set() };
  const quantities = completeDates(reading).filter((q) => TYPES[q.unit] || q.unit === 'number');
  const told = quantities.filter(
    (q) =>
      TYPES[q.unit] && !isDenied(reading, q) && !statesNothing(reading, q) && unsureOf(reading, q) === null,
  );
  const growths = growthsOf(reading, told);
  out.mentions.push(...growRemembered(reading, growths));
  const stated = told.filter((q) => !growths.some((g) => g.q === q));
  const exchange = readExchange(reading, stated);
  out.mentions.push(...exchange.mentions);
  const changes = stated.filter((q) => changeOf(reading, q) !== null);
  const increments = incrementsOf(reading, stated);
  const figures = stated.filter(
    (q) =>
      !increments.some((n) => n.q === q) &&
      !exchange.taken.has(q) &&
      !(q.unit === 'date' && isToCome(reading, q)) &&
      !countsLeadAlone(reading, q) &&
      !isOwnUnit(reading, q) &&
      !oneOfDemands(reading, q) &&
      ofAnotherNow(reading, q).length === 0 &&
      (changes.includes(q) || !isShortage(reading, q)),
  );
  const changedSoFar = new Map(reading.conversation.facts);
  const given = assign(figures, (q) => candidatesOf(reading, q, figures));
  // A figure that replaces an earlier one takes its place, whatever name lies nearer.
  const corrected = new Set<Quantity>();
  // What stands without a name for one that has none either: 2400万 哦错了2040万.
  const inPlaceOf = new Map<Quantity, Quantity>();
  figures.forEach((q, i) => {
    const prior = figures
      .slice(0, i)
      .reverse()
      .find((p) => p.unit === q.unit);
    const own = given.get(q);
    if (
      !prior ||
      !replaces(reading, prior, q) ||
      (own && own.name.start > prior.end && own.name.start < q.start)
    )
      return;
    // 高校院所1家，再拉一家变2家: the last one before that has a name.
    const name =
      given.get(prior) ??
      figures
        .slice(0, i)
        .reverse()
        .flatMap((p) => (p.unit === q.unit ? (given.get(p) ?? []) : []))[0];
    if (!name) {
      if (!own) inPlaceOf.set(q, prior);
      return;
    }
    given.set(q, name);
    corrected.add(q);
  });
  for (const { to, sum } of increments) {
    const name = given.get(to);
    if (!sum || !name) continue;
    given.set(sum, name);
    corrected.add(sum);
  }
  const totals = readTotals(reading, figures, given);
  const parts = readParts(reading, figures, given);
  for (const q of parts.taken) totals.taken.add(q);
  out.mentions.push(...totals.mentions, ...parts.mentions);
  const years = readYears(
    reading,
    figures.filter((q) => !totals.taken.has(q)),
    given,
    growths,
  );
  out.mentions.push(...years.mentions);
  for (const start of years.used) out.used.add(start);
  out.vague.push(
    ...partsOfYear(reading, quantities),
    ...partsOfTotal(reading, quantities),
    ...unsureFigures(reading, quantities),
  );
  const unnamed = new Map<Quantity, string>();
  for (const q of figures) {
    const found = given.get(q);
    const anew = toldAnew(reading, q);
    if (isTakenBack(reading, q)) continue;
    const heldUpTo = figures.map((p) => putUpTo(reading, q, p)).find((f) => f !== null) ?? null;
    if (years.taken.has(q) || totals.taken.has(q)) {
      if (found) out.used.add(found.name.start);
      continue;
    }
    if (found) out.used.add(found.name.start);
    if (changes.includes(q)) {
      const changed = changedFact(
        reading,
        q,
        found?.fact ?? (q.unit === 'count' ? memberKind(reading, text.slice(q.end)) : null),
        changedSoFar,
      );
      for (const m of changed) changedSoFar.set(m.fact, m.value);
      out.mentions.push(...changed);
      continue;
    }
    const bound = figures.some((p) => putUpTo(reading, p, q) !== null);
    const told = anew ?? heldUpTo;
    if (
      (found?.fact === null && anew === null) ||
      bound ||
      (told === null &&
        (putUp(reading, q) || (!corrected.has(q) && q.unit !== 'date' && ofTheRules(reading, q))))
    ) {
      out.premises.push({ fact: found?.fact ?? null, text: q.text, unit: q.unit, value: q.value });
      continue;
    }
    const fact =
      told ??
      found?.fact ??
      unnamed.get(inPlaceOf.get(q)!) ??
      defaultFact(reading, q, figures, out.premises, given);
    if (fact !== null && !found) unnamed.set(q, fact);
    // 一年流水2.5亿: what goes through the accounts.
    if (fact !== null && found && isTurnover(reading, found.name.word)) {
      out.vague.push({
        fact,
        text: text.slice(Math.max(found.name.start, segmentAt(reading, q.start)!.start), q.outerEnd),
        why: 'turnover',
      });
      continue;
    }
    if (fact === null) {
      const types = TYPES[q.unit]!;
      const candidates = reading.vocabulary.specs.filter(
        (s) => types.includes(s.type) && reading.focus.has(s.id),
      );
      if (q.unit !== 'date' && !isIndefinite(reading, q))
        out.open.push({
          text: q.text,
          unit: q.unit,
          value: q.value,
          candidates: candidates.map((s) => s.id),
        });
      continue;
    }
    // 研发占比4%，3%过没过: beside the asker's own figure, the rule's is the rule's.
    const before = out.mentions.find((m) => m.fact === fact);
    const point = quantityRange(q);
    if (
      before &&
      !corrected.has(q) &&
      point &&
      isPoint(point) &&
      reading.unsettled(fact, point) &&
      reading.language.cues.heldAgainst.test(text.slice(q.end))
    ) {
      out.premises.push({ fact, text: q.text, unit: q.unit, value: q.value });
      continue;
    }
    const value = besideVague(reading, q) ? null : stateOf(reading, reading.vocabulary.get(fact)!, q);
    if (value === null) {
      if ((q.bound === 'about' && q.upper === null) || besideVague(reading, q))
        out.vague.push({ fact, text: text.slice(q.outerStart, q.outerEnd) });
      continue;
    }
    const mention: FactMention = {
      fact,
      value,
      start: found ? Math.min(found.name.start, q.start) : q.start,
      end: Math.max(q.end, found?.name.end ?? 0),
    };
    out.mentions.push(
      reading.language.hypothetical.some((w) => segmentAt(reading, q.start)?.text.includes(w))
        ? { ...mention, hypothetical: true }
        : mention,
    );
  }
  joinAlternatives(reading, out.mentions);
  joinOverlapping(reading, out.mentions);
  joinSides(reading, out.mentions);
  const list = readCountList(
    reading,
    figures.filter((q) => !changes.includes(q) && !ofTheRules(reading, q)),
    out.mentions,
  );
  // 高校1家，再拉一家变2家: what a figure was changed to is no item of the list.
  const changed = new Set([...corrected].map((q) => given.get(q)?.fact));
  const listed = list.mentions.filter((m) => !changed.has(m.fact));
  out.mentions = [
    ...out.mentions.filter((m) => !list.replaced.has(m.fact) || changed.has(m.fact)),
    ...listed,
  ];
  out.mentions = added(out.mentions, increments);
  for (const q of quantities) if (q.unit === 'number') out.mentions.push(...readBareNumber(reading, q));
  return out;
}

/** 比例和金额满足一个就行: one of what is demanded, which counts nobody. */
const oneOfDemands = (reading: Reading, q: Quantity): boolean =>
  q.unit === 'count' &&
  q.value === '1' &&
  /(满足|达到|具备|符合)(了?其中|任)?意?的?$/.test(reading.text.slice(0, q.outerStart)) &&
  /^[^\u4e00-\u9fff]*($|就|即|够|行|可|条件|要求|吗|[，。？?])/.test(reading.text.slice(q.end));
