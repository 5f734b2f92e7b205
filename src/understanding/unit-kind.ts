import type { Reading } from './reading.js';

/** What a member of a planned consortium is; a place stands for units counted behind it (晋江、石狮各一家). */
export type UnitKind = 'asker' | 'academic' | 'other' | 'enterprise' | 'unknown' | 'place';

/** 新型研发机构, 行业协会: what a unit is, and not its name. */
export const isKind = (reading: Reading, name: string): boolean =>
  reading.vocabulary.get('lead.kind')?.values.some((v) => v.words.includes(name)) ?? false;

/** The kind of unit that a name's ending tells; null where it is no name of a unit. */
export function kindOfName(reading: Reading, name: string): UnitKind | null {
  const { cues } = reading.language;
  if (name.length < 2 || name.length > 24 || /\d|[一二两三四五六七八九十几][家个所]|吗|没|不|的/.test(name))
    return null;
  if (cues.memberOther.test(name)) return 'other';
  if (cues.memberAcademic.test(name)) return /牵头/.test(name) ? null : 'academic';
  if (cues.memberEnterprise.test(name)) return 'enterprise';
  return name.length <= 8 && !cues.memberVerb.test(name) ? 'unknown' : null;
}

/** The kind of unit that a noun's head tells (做零部件的公司, 下游整机厂); null where it is no unit. */
export function kindOfHead(reading: Reading, noun: string): UnitKind | null {
  const { cues } = reading.language;
  if (noun.length > 16 || cues.rosterNoUnit.test(noun)) return null;
  if (cues.headOther.test(noun)) return 'other';
  if (cues.headAcademic.test(noun)) return 'academic';
  return cues.headEnterprise.test(noun) ? 'enterprise' : null;
}

/** One or more units in a row: told by name, by their kind and number, or as the one who asks. */
export interface Item {
  kind: UnitKind;
  /** How many units it stands for. */
  n: number;
  /** Told by kind and number (三家配套厂) and not by name. */
  counted: boolean;
  /** Marked as the one who leads: A公司（牵头）. */
  leads: boolean;
  /** Said to stand up or down the chain. */
  chain: boolean;
  /** Told outside what is counted: 除了我们, 没算我们自己. */
  besides: boolean;
  start: number;
  end: number;
}
