import { statusOn } from '../../knowledge/index.js';
import { addMonths, compareDates, isoDate, writeDate } from '../../quantity/index.js';
import { say } from '../say.js';
import { day } from './inputs.js';
import type { Calculation, InputSpec, Kind } from './types.js';

/** The day after. */
function dayAfter(iso: string): string {
  const next = new Date(`${iso}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return isoDate(next.getUTCFullYear(), next.getUTCMonth() + 1, next.getUTCDate());
}

const dateInput = (label: string): InputSpec => ({
  name: 'date',
  label,
  accepts: say('input.date'),
  required: true,
});

/** The date that a calculation starts from, with its input as it was used. @throws InputError */
function start(spec: InputSpec, given: Readonly<Record<string, unknown>>) {
  const from = day(spec, given.date);
  return { from, inputs: [{ name: spec.name, label: spec.label, value: writeDate(from) }] };
}

/** The measures that a term from a day may be in, in months. */
export const TERM_MONTHS: ReadonlyMap<string | null, number> = new Map([
  ['年', 12],
  ['季度', 3],
  ['月', 1],
]);

/** The corresponding day at the end of so many terms. */
function termEnd(calculation: Calculation, from: string, times = 1): string {
  const { exact, measure } = calculation.figures.get('term')!.quantity!;
  return addMonths(from, Number(exact!.n) * TERM_MONTHS.get(measure)! * times);
}

/** “自2025年8月10日起，三年内”. */
const term = (calculation: Calculation, from: string): string =>
  say('dates.from', { date: writeDate(from), words: calculation.figures.get('term')!.words });

/** That a date to count from has not come yet: a plan, or a slip. */
const ahead = (asOf: string, from: string): string[] =>
  compareDates(asOf, from) < 0 ? [say('dates.notYet', { date: writeDate(asOf) })] : [];

/** A ban from a day: its last day and the first free one. */
export const exclusion: Kind = {
  inputs: () => [dateInput(say('dates.revoked'))],
  work(calculation, given, { asOf }) {
    const { from, inputs } = start(dateInput(say('dates.revoked')), given);
    const last = termEnd(calculation, from);
    const free = dayAfter(last);
    const now =
      compareDates(asOf, from) < 0
        ? 'dates.notYet'
        : compareDates(asOf, last) > 0
          ? 'dates.over'
          : 'dates.still';
    return {
      inputs,
      steps: [
        term(calculation, from),
        say('dates.lastDay', { date: writeDate(last), law: say('dates.law') }),
        say('dates.free', { date: writeDate(free) }),
        say(now, { date: writeDate(asOf) }),
      ],
      result: say('dates.barred', { last: writeDate(last), free: writeDate(free) }),
      value: free,
    };
  },
};

/** The next yearly report: the date the document prints, or that it prints none. */
export const annual: Kind = {
  inputs: () => [],
  work(calculation, _given, { asOf }) {
    const printed = calculation.figures.get('day');
    if (!printed) {
      return {
        inputs: [],
        steps: [say('dates.yearly'), say('dates.noDay')],
        result: say('dates.yearlyNoDay'),
        value: null,
      };
    }
    const year = Number(asOf.slice(0, 4));
    const at = (y: number) => `${y}${printed.quantity!.value.slice(1)}`;
    const late = compareDates(asOf, at(year)) > 0;
    const due = at(late ? year + 1 : year);
    return {
      inputs: [],
      steps: [
        say('dates.ofLastYear', { words: printed.words }),
        say('dates.nextDue', { date: writeDate(asOf), due: writeDate(due) }),
      ],
      result: say('dates.reportBy', { due: writeDate(due), year: late ? year : year - 1 }),
      value: due,
    };
  },
};

/** The next of a series of terms counted from a day. */
export const periodic: Kind = {
  inputs: () => [dateInput(say('dates.filedOrEvaluated'))],
  work(calculation, given, { asOf }) {
    const { from, inputs } = start(dateInput(say('dates.filedOrEvaluated')), given);
    const ends = [termEnd(calculation, from)];
    while (compareDates(ends.at(-1)!, asOf) < 0) ends.push(termEnd(calculation, from, ends.length + 1));
    const next = ends.pop()!;
    return {
      inputs,
      steps: [
        term(calculation, from),
        ...ahead(asOf, from),
        ...ends.map((end, i) => say('dates.passed', { n: i + 1, date: writeDate(end) })),
        say('dates.nextEnd', { date: writeDate(next) }),
      ],
      result: say('dates.about', { date: writeDate(next) }),
      value: next,
      bounds: say('dates.notPrinted'),
    };
  },
};

/** The latest day on which a filing is still valid. */
export const validity: Kind = {
  inputs: () => [dateInput(say('dates.filed'))],
  work(calculation, given, { asOf }) {
    const { from, inputs } = start(dateInput(say('dates.filed')), given);
    const end = termEnd(calculation, from);
    return {
      inputs,
      steps: [
        term(calculation, from),
        say('dates.end', { date: writeDate(end), law: say('dates.law') }),
        ...(ahead(asOf, from)[0] === undefined
          ? [say(compareDates(asOf, end) > 0 ? 'dates.past' : 'dates.within', { date: writeDate(asOf) })]
          : ahead(asOf, from)),
      ],
      result: say('dates.noLater', { date: writeDate(end) }),
      value: end,
      bounds: say('dates.upperBound', { words: calculation.figures.get('term')!.words }),
    };
  },
};

/** Whether the document is in force on a day, and until when. */
export const inForce: Kind = {
  inputs: () => [{ ...dateInput(say('dates.on')), required: false }],
  work(calculation, given, { asOf }) {
    const { from: on, inputs } = start(dateInput(say('dates.on')), { date: given.date ?? asOf });
    const { meta } = calculation.policy;
    const state = statusOn(meta, on);
    const status = { date: writeDate(on), status: say(`dates.${state}`) };
    const ends = state === 'in-force' || state === 'expired' ? meta.expires : null;
    return {
      inputs,
      steps: [
        meta.effective === null
          ? say('dates.noEffective')
          : say('dates.effective', { date: writeDate(meta.effective) }),
        expiry(meta),
      ],
      result:
        ends === null
          ? say('dates.status', status)
          : say('dates.statusUntil', { ...status, until: writeDate(ends) }),
      value: state,
    };
  },
};

/** Until when the document says that it holds, and whether that day is printed or computed. */
function expiry({ expires, expiresComputedFrom: words }: Calculation['policy']['meta']): string {
  if (expires === null) return say('dates.noExpiry');
  const date = writeDate(expires);
  return words === null
    ? say('dates.expiryPrinted', { date })
    : say('dates.expiryComputed', { words, date, law: say('dates.law') });
}
