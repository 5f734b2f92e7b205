import type { Clause, Policy } from '../knowledge/index.js';
import type { Understanding } from '../understanding/index.js';
import type { World } from './world.js';

const NUMERAL = '[一二三四五六七八九十百\\d]+';
const LABEL = new RegExp(
  `(第${NUMERAL}条(?:第?[（(]?[一二三四五六七八九十百\\d][)）]?[项款]?)*(?:第?\\d+[项目点.]?)?|附件?\\s*${NUMERAL}|第${NUMERAL}(?:部分|章)|${NUMERAL}、?[（(]${NUMERAL}[)）](?:\\d+)?)`,
  'u',
);

/** The clause a question names by its label (“第十六条写了什么”, “三（一）原文”), in the policies in scope; null when it names none. */
export function clauseNamed(
  world: World,
  u: Understanding,
  policies: readonly Policy[],
): { policy: Policy; clause: Clause }[] | null {
  const m = LABEL.exec(u.text);
  if (!m) return null;
  const asksForText = world.language.original.test(u.text) || u.text.replace(m[0], '').length <= 14;
  if (!asksForText) return null;
  const found = policies.flatMap((policy) => {
    const clause = policy.clause(m[1]!);
    if (clause === null) return [];
    // 附件3 责任体系: a row named beside its annex is the row.
    const child = clause.children.find(
      (c) => c.kind === 'row' && u.text.includes(c.label.slice(clause.label.length).trim()),
    );
    return [{ policy, clause: child ?? clause }];
  });
  return found.length === 0 ? null : found;
}

/**
 * An article asked for by a number that none of the documents in question has (第二十条 of eighteen): its label, and the last
 * article of each; null when no article is named, or one has it.
 */
export function articleMissing(
  u: Understanding,
  policies: readonly Policy[],
): { label: string; last: { policy: Policy; label: string }[] } | null {
  const label = new RegExp(`第${NUMERAL}条`, 'u').exec(u.text)?.[0];
  if (!label || policies.some((p) => p.clause(label) !== null)) return null;
  const last = policies.flatMap((policy) => {
    const end = policy.clauses.findLast((c) => /^第[^附（(]+条$/u.test(c.label));
    return end ? [{ policy, label: end.label }] : [];
  });
  return last.length === 0 ? null : { label, last };
}
