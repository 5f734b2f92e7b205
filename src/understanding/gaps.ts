import { canonical } from '../quantity/index.js';
import type { Quantity } from '../quantity/types.js';

const LINK = '(元|家|人|个)?(的?(门槛|要求|标准|线|这条线|红线))?(还|就|也|只|才|又)*';
const BELOW = new RegExp(`^(?:[\\u4e00-\\u9fff]{2,8}?)?${LINK}(差|缺|少|低|短)(了|个|着|出)?$`);
const ABOVE = new RegExp(`^${LINK}(多|高|超|超出|高出|多出|超过)(了|个|出)?$`);
const FROM = /(离|距|距离|比|较)(那个|这个|起)?$/;
const SHORT = /(差|缺|少)(个)?$/;
const UP_TO = /^(就|才|没|不)?(到|够|满)$/;

/** “离2亿还差500万”, “比5%低0.2个百分点”, “差500万到2亿”: two figures that tell one, the first less or more the second. */
export function joinGaps(text: string, quantities: readonly Quantity[]): Quantity[] {
  const out: Quantity[] = [];
  for (const q of quantities) {
    const before = out.at(-1);
    const told = before && difference(text, before, q);
    if (!before || !told) {
      out.push(q);
      continue;
    }
    const start = before.outerStart;
    out[out.length - 1] = {
      ...before,
      ...told,
      text: text.slice(before.start, q.end),
      end: q.end,
      outerStart: start,
      outerEnd: q.outerEnd,
      upper: null,
      bound: null,
    };
  }
  return out;
}

function difference(text: string, a: Quantity, b: Quantity): Pick<Quantity, 'exact' | 'value'> | null {
  if (a.exact === null || b.exact === null || a.unit !== b.unit) return null;
  const between = text.slice(a.end, b.start);
  const head = text.slice(Math.max(0, a.start - 5), a.start);
  const told = (exact: typeof a.exact) =>
    exact !== null && exact.compare(0) >= 0 ? { exact, value: canonical(exact) } : null;
  if (FROM.test(head) && BELOW.test(between)) return told(a.exact.sub(b.exact));
  if (FROM.test(head) && ABOVE.test(between)) return told(a.exact.add(b.exact));
  if (SHORT.test(head) && UP_TO.test(between)) return told(b.exact.sub(a.exact));
  return null;
}
