import type { Quantity } from '../quantity/types.js';
import type { Reading } from './reading.js';
import { TOTAL } from './standing.js';

const OTHERS = 'consortium.other_units';
const ACADEMIC = 'consortium.universities_institutes';

/**
 * “院校加医院加起来3个”, “高校和院所一共2家”: the fact that a sum of kinds of units is of. Null where its nouns are no kinds of units,
 * or only one.
 */
export function sumOfKinds(reading: Reading, q: Quantity): string | null {
  const { cues } = reading.language;
  if (q.unit !== 'count' || !/[家个所]/.test(q.measure ?? '')) return null;
  const before = reading.text.slice(Math.max(0, q.outerStart - 30), q.outerStart);
  const said =
    /([\u4e00-\u9fff、]{3,24}?)(?:的|数量?|单位)?(?:加起来|合起来|加一起|合计|一共|总共|共)(?:有|是|才|就|也|只|得|要)*$/.exec(
      before,
    )?.[1];
  const nouns = said?.split(/[和与及跟加、]/).filter((w) => w !== '') ?? [];
  if (nouns.length < 2) return null;
  const kinds = nouns.map((w) =>
    cues.headOther.test(w)
      ? 'other'
      : cues.headAcademic.test(w)
        ? 'academic'
        : cues.headEnterprise.test(w)
          ? 'enterprise'
          : null,
  );
  if (kinds.includes(null)) return null;
  if (kinds.every((k) => k === 'academic')) return ACADEMIC;
  if (kinds.every((k) => k === 'enterprise')) return null;
  return kinds.includes('enterprise') ? TOTAL : OTHERS;
}
