import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** What a JSON or YAML value is called to its writer. */
const TYPES: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  array: '列表（[…]，或每行一个“- ”）',
  object: '若干“键: 值”',
  record: '若干“键: 值”',
};

/** The fault to name first: a misspelt key is often the cause of the one that is missing for it. */
export function gravest(issues: readonly Issue[]): Issue {
  return issues.find((issue) => issue.code === 'unrecognized_keys') ?? issues[0]!;
}

/**
 * What is wrong with a part of a data file and what would be accepted, for the person who wrote it.
 * @param known the keys that may stand there, where the caller knows them
 */
export function issueText(issue: Issue, known: readonly string[] = []): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `没有“${issue.keys.join('”“')}”这样的键${known.length > 0 ? `；可以有 ${known.join('、')}` : '，请核对拼写'}`;
    case 'invalid_type':
      return /undefined$/.test(issue.message)
        ? `缺少这一项，应是${typeName(issue.expected)}`
        : (ownWords(issue) ?? `应是${typeName(issue.expected)}`);
    case 'invalid_value':
      return `只能是 ${issue.values.map(String).join('、')}`;
    case 'too_small':
      return issue.origin === 'string' ? '不能是空的' : `至少要有 ${issue.minimum} 项`;
    case 'invalid_format':
      return '只能用小写字母、数字和 -';
    case 'invalid_union':
      return '写法不对，请对照别的条目';
    default:
      return issue.message;
  }
}

/** A message that the schema gives of its own; the library's are in English. */
const ownWords = (issue: Issue): string | null =>
  /\p{Script=Han}/u.test(issue.message) ? issue.message : null;
const typeName = (expected: string): string => TYPES[expected] ?? expected;
