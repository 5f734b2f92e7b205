import { skipGap } from './fold.js';
import { matchAt } from './look.js';
import type { Unit } from './types.js';

/** What follows a number: its unit, the measure word as written, and what to multiply the number by. */
export interface UnitFound {
  end: number;
  unit: Unit;
  measure: string | null;
  /** Factor as a ratio, e.g. 1/10 for ‰ (in percent points), 10 for 成; null for one. */
  factor: readonly [bigint, bigint] | null;
  /** A half said after the measure word: 一年半. */
  half: boolean;
}

const PERCENT =
  /[%‰]|个(?:多|来)点|个百分点|百分点|个点|个 ?percentage points?|percentage points?\b|percent\b|per cent\b|pct\b/iy;
const CHENG = /成(?![立员果为功本长熟效品都交就分套绩份])/y;
const DURATION =
  /个?(?:完整)?(?:会计年度|财务年度|年度|学年|工作日|自然日|交易日|季度|星期|小时|钟头)|周年|年(?![级代轻龄鉴会报薪])|个月|周(?![岁边期转])|天(?![使津然])|日(?![报常元程])|分钟|years?\b|months?\b|weeks?\b|days?\b/iy;
const HALF_MONTH = /个半(?:小时|月|年|钟头)/y;
const MONEY = /元人民币|人民币元?|元(?![旦素件宵宇])|块钱|块(?![状业])|RMB\b|CNY\b|yuan\b/iy;
const FOREIGN = /美元|欧元|港元|港币|日元|英镑|美金|USD\b|EUR\b|dollars?\b/iy;
const SCORE = /分(?![别析配类工公中支会局行布享为子成步解数点级之钟红期店院校管散管层])/y;
/** Longest first. A measure word that begins another word (家庭, 名单, 场景) is none. */
const MEASURES = [
  '家次|人次|台套|项次|场次|件次|批次|平方米|平方公里|公里|万元|方面|',
  '个(?![性体别税])|家(?![庭长具居乡电族])|人(?![才均工民大口类员事生社力体])|名(?![单称牌义誉])|项(?!目(?!标))|台(?![风州湾阶账])|套(?![餐利路])|',
  '次(?!\\s{0,6}[性数要日年])|场(?![地所景合馆])|份(?![额子])|条(?![件例款文龙])|所(?![有以属在需长得])|位(?![置于居])|件(?![事])|',
  '篇|本(?![市省县区地办次人科级年着])|支(?![持出付撑部])|种(?![植业子])|类(?![别型似])|批(?![准复])|款(?![项])|张(?![皮])|门(?![槛户店])|户(?![口籍])|',
  '亩|吨|只|辆|栋|座|间(?![接隔])|组(?![织建成合])|片|处(?![理置分于罚])|轮(?![流])|字(?![号样节段])|页|倍|岁|届|幢|宗|起(?=[案事])|股(?![权东份])|',
  'people\\b|persons?\\b|staff\\b|employees?\\b|compan(?:y|ies)\\b|enterprises?\\b|firms?\\b|members?\\b|units?\\b|universit(?:y|ies)\\b|institutes?\\b',
].join('');
const MEASURE = new RegExp(MEASURES, 'iy');

/** 一支队伍, 一批 and the like say "a", not how many. */
const IDIOMATIC_WITH_ONE = /^(?:支|批|种|类|处|片|部|本|组|款|方面|股|只|张|轮|分|成|周|块|门|天)$/;

const match = (pattern: RegExp, s: string, i: number) => matchAt(pattern, s, i)?.[0] ?? null;

/**
 * The unit at `end` of a number, white space allowed between. `number` is the number as written: a bare 一 or 二
 * stands in words that count nothing (一支, 二次开发). Null where no unit follows.
 */
export function readUnit(s: string, end: number, number = ''): UnitFound | null {
  const i = skipGap(s, end);
  const found = (
    unit: Unit,
    text: string,
    measure: string | null,
    factor: UnitFound['factor'] = null,
  ): UnitFound => ({
    end: i + text.length,
    unit,
    measure,
    factor,
    half: false,
  });
  let text = match(PERCENT, s, i);
  if (text !== null) {
    const factor = text === '‰' ? ([1n, 10n] as const) : null;
    return found('percent', text, text === '%' || text === '‰' || /^p/i.test(text) ? null : text, factor);
  }
  text = match(HALF_MONTH, s, i);
  if (text !== null) return { ...found('duration', text, text.slice(2)), half: true };
  // 营收2.4亿年均研发2200万: nothing lasts ten thousands of years; the year begins what follows, and the number is an amount.
  text = /[万亿]\s*$/.test(number) ? null : match(DURATION, s, i);
  if (text !== null) {
    const unit = found('duration', text, text.replace(/^个/, ''));
    const half = s[unit.end] === '半' && s[unit.end + 1] !== '数';
    return half ? { ...unit, end: unit.end + 1, half } : unit;
  }
  text = match(FOREIGN, s, i);
  if (text !== null) return found('number', text, text);
  text = match(MONEY, s, i);
  if (text !== null && !(number === '一' && text === '块')) return found('CNY', text, null);
  text = match(CHENG, s, i);
  if (text !== null && i === end) {
    const half = s[i + 1] === '半';
    return { ...found('percent', half ? '成半' : text, text, [10n, 1n]), half };
  }
  text = match(SCORE, s, i);
  if (text !== null) return number === '一' ? null : found('score', text, text);
  text = match(MEASURE, s, i);
  if (text === null) return null;
  // 研发2000万人20个: the people are counted by what follows.
  if (text === '人' && /[万亿]\s*$/.test(number) && /^\s?\d/.test(s.slice(i + 1))) return null;
  if (number === '一' && IDIOMATIC_WITH_ONE.test(text)) return null;
  if (number === '二' && text === '次') return null;
  return found('count', text, text);
}
