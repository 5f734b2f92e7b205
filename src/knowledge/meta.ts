import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { DataError } from '../errors.js';
import type { PolicyMeta } from './types.js';

const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a date as YYYY-MM-DD')
  .nullable()
  .default(null);
const text = z.string().min(1);

const structure = z
  .strictObject({
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
          kind: z.enum(['front', 'chapter', 'article', 'section', 'paragraph', 'item', 'annex', 'row', 'text']),
          flat: z.boolean().default(false),
          leaf: z.boolean().default(false),
          in: text.optional(),
        }),
      )
      .default([]),
    /** Annexes that are tables flattened to tabs, with their number of columns. */
    tables: z.array(z.strictObject({ annex: text, columns: z.number().int().min(2) })).default([]),
  })
  .strict();

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
  kind: z.enum(['rules', 'draft', 'informational']),
  issued: date,
  effective: date,
  expires: date,
  expiresComputedFrom: text.nullable().default(null),
  repeals: z.array(z.strictObject({ title: text, docNumber: text.nullable().default(null) })).default([]),
  structure,
});

export type Structure = z.infer<typeof structure>;

/** Reads and checks policy.yaml. @throws DataError naming file, line, field and what would be accepted. */
export function loadMeta(file: string): { meta: PolicyMeta; structure: Structure } {
  const counter = new LineCounter();
  const doc = parseDocument(readFileSync(file, 'utf8'), { lineCounter: counter });
  const broken = doc.errors[0];
  if (broken) throw new DataError(file, broken.linePos?.[0].line ?? null, broken.message);
  const parsed = schema.safeParse(doc.toJS());
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const node = doc.getIn(issue.path, true) as { range?: [number, number, number] } | undefined;
    throw new DataError(file, node?.range ? counter.linePos(node.range[0]).line : null, `${issue.path.join('.')}: ${issue.message}`);
  }
  const { structure: shape, ...meta } = parsed.data;
  return { meta, structure: shape };
}
