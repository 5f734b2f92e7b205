import { statusOn } from '../../knowledge/index.js';
import { addMonths, addYears, compareDates, isoDate, writeDate } from '../../quantity/index.js';
import { ACCEPTS_DATE, day } from './inputs.js';
import type { Calculation, InputSpec, Kind } from './types.js';

/** The day after. */
function dayAfter(iso: string): string {
  const next = new Date(`${iso}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return isoDate(next.getUTCFullYear(), next.getUTCMonth() + 1, next.getUTCDate());
}

const dateInput = (name: string, label: string): InputSpec => ({
  name,
  label,
  accepts: ACCEPTS_DATE,
  required: true,
});

/** A term's end from a day, by the measure word of the term: years or months. */
function termEnd(calculation: Calculation, from: string, times = 1): string {
  const { quantity, words } = calculation.figures.get('term')!;
  const n = Number(quantity!.exact!.n) * times;
  return quantity!.measure === '月' || words.includes('个月') ? addMonths(from, n) : addYears(from, n);
}

const LAW = '民法典第二百零一条、第二百零二条';

/** A ban from a day: its last day and the first free one. */
export const exclusion: Kind = {
  inputs: () => [dateInput('date', '被取消资格（称号）的日期')],
  work(calculation, given, { asOf }) {
    const spec = this.inputs(calculation, undefined as never)[0]!;
    const from = day(spec, given.date)!;
    const last = termEnd(calculation, from);
    const free = dayAfter(last);
    const { words } = calculation.figures.get('term')!;
    const now =
      compareDates(asOf, from) < 0
        ? `${writeDate(asOf)}尚未开始计算`
        : compareDates(asOf, last) > 0
          ? `${writeDate(asOf)}已不在禁止期内`
          : `${writeDate(asOf)}仍在禁止期内`;
    return {
      inputs: [{ name: spec.name, label: spec.label, value: writeDate(from) }],
      steps: [
        `自${writeDate(from)}起，${words}`,
        `对应日为${writeDate(last)}，当天仍在禁止期内（${LAW}）`,
        `次日${writeDate(free)}起不再受限`,
        now,
      ],
      result: `禁止期到${writeDate(last)}（含当日），${writeDate(free)}起不再受限`,
      value: free,
    };
  },
};

/** The next yearly report: the date the document prints, or that it prints none. */
export const annual: Kind = {
  inputs: () => [],
  work(calculation, _given, { asOf }) {
    const year = Number(asOf.slice(0, 4));
    const printed = calculation.figures.get('day');
    if (!printed) {
      return {
        inputs: [],
        steps: ['文件要求每年报送', '文件没有写明报送的月份和日期'],
        result: '每年报送一次，没有写明具体日期',
        value: null,
      };
    }
    const at = (y: number) => `${y}${printed.quantity!.value.slice(1)}`;
    const due = compareDates(asOf, at(year)) <= 0 ? at(year) : at(year + 1);
    return {
      inputs: [],
      steps: [
        `${printed.words}报送上年度的情况`,
        `${writeDate(asOf)}之后（含当日）的下一个截止日是${writeDate(due)}`,
      ],
      result: `下一次在${writeDate(due)}前报送，报的是${Number(due.slice(0, 4)) - 1}年度`,
      value: due,
    };
  },
};

/** The next of a series of terms counted from a day. */
export const periodic: Kind = {
  inputs: () => [dateInput('date', '备案日期或上一次评估日期')],
  work(calculation, given, { asOf }) {
    const spec = this.inputs(calculation, undefined as never)[0]!;
    const from = day(spec, given.date)!;
    let times = 1;
    while (compareDates(termEnd(calculation, from, times), asOf) < 0 && times < 100) times++;
    const next = termEnd(calculation, from, times);
    const steps = [`从${writeDate(from)}起，${calculation.figures.get('term')!.words}`];
    for (let i = 1; i < times; i++)
      steps.push(`第${i}次满期是${writeDate(termEnd(calculation, from, i))}，已过`);
    return {
      inputs: [{ name: spec.name, label: spec.label, value: writeDate(from) }],
      steps: [...steps, `下一次满期是${writeDate(next)}（计算得出）`],
      result: `约在${writeDate(next)}前后`,
      value: next,
      bounds: '文件没有印出这个日期，是按每次的间隔推算的',
    };
  },
};

/** The latest day on which a filing is still valid. */
export const validity: Kind = {
  inputs: () => [dateInput('date', '备案日期')],
  work(calculation, given, { asOf }) {
    const spec = this.inputs(calculation, undefined as never)[0]!;
    const from = day(spec, given.date)!;
    const end = termEnd(calculation, from);
    const { words } = calculation.figures.get('term')!;
    return {
      inputs: [{ name: spec.name, label: spec.label, value: writeDate(from) }],
      steps: [
        `自${writeDate(from)}起，${words}`,
        `对应日为${writeDate(end)}（${LAW}）`,
        compareDates(asOf, end) > 0 ? `${writeDate(asOf)}已超过这一天` : `${writeDate(asOf)}未超过这一天`,
      ],
      result: `一般不晚于${writeDate(end)}`,
      value: end,
      bounds: `${words}：是上限，不是确定的期满日`,
    };
  },
};

const STATUS: Record<string, string> = {
  'in-force': '有效',
  'not-yet': '尚未施行',
  expired: '已过有效期',
  draft: '征求意见稿，尚不具有效力',
  undated: '没有写明生效日期和有效期',
  informational: '答复函，只说明情况，不设定条件',
};

/** Whether the document is in force on a day, and until when. */
export const inForce: Kind = {
  inputs: () => [{ ...dateInput('date', '要查的日期'), required: false }],
  work(calculation, given, { asOf }) {
    const spec = this.inputs(calculation, undefined as never)[0]!;
    const on = day(spec, given.date) ?? asOf;
    const { meta } = calculation.policy;
    const status = statusOn(meta, on);
    const steps: string[] = [];
    steps.push(meta.effective === null ? '文件没有写明施行日期' : `${writeDate(meta.effective)}起施行`);
    if (meta.expires === null) steps.push('文件没有写明有效期');
    else if (meta.expiresComputedFrom === null)
      steps.push(`有效期至${writeDate(meta.expires)}（文件写明，含当日）`);
    else
      steps.push(
        `${meta.expiresComputedFrom}，到${writeDate(meta.expires)}（文件没有印出，按${LAW}计算，含当日）`,
      );
    const until = meta.expires === null ? '' : `，有效期到${writeDate(meta.expires)}`;
    return {
      inputs: [{ name: spec.name, label: spec.label, value: writeDate(on) }],
      steps,
      result: `${writeDate(on)}：${STATUS[status]}${status === 'in-force' || status === 'expired' ? until : ''}`,
      value: status,
    };
  },
};
