import type { Understanding } from '../../understanding/index.js';

/**
 * The cities whose rules are asked for. A city that only tells where the asker is (“注册在甲市的公司能在乙市牵头吗”) is not
 * one of them while another is named.
 */
export function askedCities(
  u: Understanding,
  remembered: readonly string[],
  named: readonly { value: string; start: number; end: number }[],
): readonly string[] {
  if (u.cities.length === 0) return remembered;
  const seat = u.mentions.find((m) => m.fact === 'lead.city');
  // 泉州跟厦门两边，晋江注册: named once more, apart from the seat.
  const again = named.filter((n) => seat?.value.type === 'enum' && n.value === seat.value.value);
  if (seat && again.some((n) => n.end <= seat.start || n.start >= seat.end)) return u.cities;
  const others = u.cities.filter((c) => seat?.value.type !== 'enum' || c !== seat.value.value);
  return others.length > 0 && others.length < u.cities.length ? others : u.cities;
}
