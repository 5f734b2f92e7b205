import { basename, dirname } from 'node:path';
import { z } from 'zod';
import { DataError } from '../errors.js';
import { compareDates, isIsoDate } from '../quantity/index.js';
import { gravest, issueText } from './issue.js';
import type { PolicyMeta } from './types.js';
import { readYaml } from './yaml.js';

const date = z
  .string('应是 YYYY-MM-DD 形式的日期；文件没有写就写 null')
  .refine(isIsoDate, '应是 YYYY-MM-DD 形式的真实日期；文件没有写就写 null')
  .nullable()
  .default(null);
const text = z.string().min(1);
const kinds = [
  'front',
  'chapter',
  'article',
  'section',
  'paragraph',
  'item',
  'annex',
  'row',
  'text',
] as const;

const structure = z.strictObject({
  /** Text of the line after which the document proper begins; what stands before is one clause, labelled `front`. */
  bodyAfter: text,
  front: text.default('首部'),
  preamble: text.default('引言'),
  /** Every line is wrapped by the conversion (PDF); else only what a page cut is joined. */
  wrapped: z.boolean().default(false),
  /** Ends of lines that a page or a cell cut although they are short. */
  joins: z.array(text).default([]),
  /** Starts of lines that always open a paragraph. */
  breaks: z.array(text).default([]),
  /** Clauses that the general grammar cannot see: the start of their line, label, kind. */
  marks: z
    .array(
      z.strictObject({
        line: text,
        label: text,
        heading: text.optional(),
        kind: z.enum(kinds),
        flat: z.boolean().default(false),
        leaf: z.boolean().default(false),
        in: text.optional(),
      }),
    )
    .default([]),
  /** Annexes that are tables flattened to tabs, with their number of columns. */
  tables: z.array(z.strictObject({ annex: text, columns: z.number().int().min(2) })).default([]),
});

const schema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: text,
  shortTitle: text,
  docNumber: text.nullable().default(null),
  issuer: text,
  office: text,
  city: text,
  cityName: text,
  cityWords: z.array(text).default([]),
  alsoCalled: z.array(text).default([]),
  kind: z.enum(['rules', 'draft', 'informational']),
  issued: date,
  effective: date,
  expires: date,
  expiresComputedFrom: text.nullable().default(null),
  repeals: z.array(z.strictObject({ title: text, docNumber: text.nullable().default(null) })).default([]),
  structure,
});

export type Structure = z.infer<typeof structure>;

/** Refuses policy.yaml for one of its fields. @throws DataError with the line of that field. */
export type Refuse = (path: readonly PropertyKey[], message: string) => never;

/**
 * Reads and checks policy.yaml. @returns what it says, and `refuse` for what only the document can show to be wrong.
 * @throws DataError naming file, line, field and what would be accepted.
 */
export function loadMeta(file: string): { meta: PolicyMeta; structure: Structure; refuse: Refuse } {
  const { value, lineOf } = readYaml(file);
  const fail: Refuse = (path, message) => {
    throw new DataError(file, lineOf(path), path.length === 0 ? message : `${path.join('.')}：${message}`);
  };
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const issue = gravest(parsed.error.issues);
    const stray = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
    return fail([...issue.path, ...stray], issueText(issue, knownFields(issue.path)));
  }
  const { structure: shape, ...meta } = parsed.data;
  const folder = basename(dirname(file));
  if (meta.id !== folder) fail(['id'], `应与文件夹同名：${folder}`);
  if (meta.effective !== null && meta.expires !== null && compareDates(meta.expires, meta.effective) < 0)
    fail(['expires'], `不能早于施行日期 effective（${meta.effective}）`);
  return { meta, structure: shape, refuse: fail };
}

function knownFields(path: readonly PropertyKey[]): string[] {
  const at = path[0] === 'structure' ? (path[1] === 'marks' ? structure.shape.marks : structure) : schema;
  if (at === structure.shape.marks) return ['line', 'label', 'heading', 'kind', 'flat', 'leaf', 'in'];
  return Object.keys((at as typeof schema | typeof structure).shape);
}
