import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { loadWorld, type World } from '../../src/assistant/world.js';
import { readUtf8 } from '../../src/knowledge/yaml.js';
import { cityNames, dice } from './made-up.js';
import { KNOWLEDGE } from './packs.js';

/** One clause of a real document that can stand in another one, with the rules and entries that rest on it alone. */
interface Piece {
  city: string;
  text: string;
  entries: Raw[];
  criteria: Raw[];
  asks: Map<string, readonly string[]>;
}

/** A rule or an entry as its file has it. */
type Raw = Record<string, unknown> & { id: string };

/** Clauses in a synthetic document: about as many as a real one has. */
const CLAUSES = 51;
/** Figures that grow with a document: money, heads, units. Dates, shares and articles stay. */
const FIGURE = /(?<![\d.〔年月])\d+(?:\.\d+)?(?=(?:万|亿)?元|家|人|名|项)/g;

/**
 * Writes a knowledge folder of `documents` packs into `dir`: the project's own, then synthetic ones in the format of a real
 * pack. A synthetic document is put together of clauses drawn from the real ones, with the rules, entries and ways of asking
 * that rest on each clause, under a made-up city and with other figures; 合成 stands in its title, `synthetic-` before its
 * id. The same number gives the same packs. Left out: calculations and mentions, which rest on several clauses at once.
 */
export function writeKnowledge(dir: string, documents: number): void {
  cpSync(KNOWLEDGE, dir, { recursive: true });
  const world = loadWorld(KNOWLEDGE);
  const own = world.library.policies.length;
  if (documents <= own) return;
  const pieces = piecesOf(world);
  const names = cityNames(documents - own);
  for (const [i, name] of names.entries()) writePack(dir, i + own, name, pieces);
  const facts = join(dir, 'facts.yaml');
  const line = '    - { id: other, label: 其他城市';
  const values = names
    .map((name, i) => `    - { id: ${idOf(i + own)}, label: ${name}, words: [] }\n`)
    .join('');
  writeFileSync(facts, readFileSync(facts, 'utf8').replace(line, values + line));
}

const idOf = (i: number): string => `synthetic-${String(i).padStart(5, '0')}`;

function writePack(dir: string, i: number, name: string, pieces: readonly Piece[]): void {
  const random = dice(i);
  const id = idOf(i);
  const folder = join(dir, id);
  mkdirSync(folder);
  const title = `${name}市创新联合体管理办法（合成）`;
  const lines = [`${name}市科学技术局关于印发办法的通知（合成文件，只用于测量）`, title];
  const entries: Raw[] = [];
  const criteria: Raw[] = [];
  const asks: Record<string, readonly string[]> = {};
  for (let c = 1; c < CLAUSES; c++) {
    const piece = pieces[random(pieces.length)]!;
    const scale = 1 + random(9);
    const clause = `第${chinese(c)}条`;
    const rewrite = <T>(value: T): T => rewritten(value, piece.city, name, scale) as T;
    lines.push(`${clause} ${rewrite(piece.text)}`);
    for (const entry of piece.entries)
      entries.push({ ...placed(rewrite(entry), clause), id: `c${c}-${entry.id}` });
    for (const rule of piece.criteria) criteria.push({ ...rewrite(rule), clause, id: `c${c}-${rule.id}` });
    for (const [key, words] of piece.asks)
      asks[key.startsWith('rule:') ? `rule:c${c}-${key.slice(5)}` : `c${c}-${key}`] = rewrite(words);
  }
  lines.push(`第${chinese(CLAUSES)}条 本办法自2026年1月1日起施行，有效期至2030年12月31日。`);
  const district = (n: number) => `${name}${'东西南北'[n]}区`;
  const meta = {
    id,
    title,
    shortTitle: `${name}管理办法`,
    issuer: `${name}市科学技术局`,
    office: `${name}市科学技术局`,
    city: id,
    cityName: name,
    cityWords: [`${name}市`, name, ...[0, 1, 2, 3].map(district)],
    kind: 'rules',
    effective: '2026-01-01',
    expires: '2030-12-31',
    structure: { bodyAfter: title, front: '通知' },
  };
  writeFileSync(join(folder, 'source.txt'), `${lines.join('\n')}\n`);
  const files = { policy: meta, entries, rules: criteria, asks };
  for (const [file, value] of Object.entries(files))
    writeFileSync(
      join(folder, `${file}.yaml`),
      stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }),
    );
}

/** An entry whose every anchor is one clause. */
function placed(entry: Raw, clause: string): Raw {
  const also = entry.also as { quote: string }[] | undefined;
  return { ...entry, clause, ...(also ? { also: also.map((a) => ({ ...a, clause })) } : {}) };
}

/** The clauses that can stand alone, each with what rests on it and nowhere else. */
function piecesOf(world: World): Piece[] {
  return world.library.policies
    .filter((p) => p.meta.kind !== 'informational')
    .flatMap((policy) => {
      const { id, cityName } = policy.meta;
      return policy.clauses.flatMap((clause): Piece[] => {
        const text = squeeze(clause.text).replace(
          /^(第[一二三四五六七八九十]+条|[一二三四五六七八九十]+、|（.{1,3}）|\d{1,2}[.．])/,
          '',
        );
        if (clause.kind === 'front' || clause.kind === 'row' || text.length < 12 || text.length > 600)
          return [];
        const rests = (quotes: readonly string[]) =>
          quotes.length > 0 && quotes.every((q) => text.includes(squeeze(q)));
        const entries = (world.entries.get(id) ?? []).filter(
          (e) =>
            e.steps.length === 0 &&
            e.at.every((a) => a.clause === clause.label) &&
            rests(e.at.map((a) => a.quote)),
        );
        const criteria = (world.criteria.get(id) ?? []).filter(
          (c) =>
            c.clause === clause.label &&
            rests([c.quote]) &&
            !c.facts.some((f) => f.endsWith('city')) &&
            !JSON.stringify(c.when ?? {}).includes('city'),
        );
        const asks = new Map<string, readonly string[]>();
        for (const key of [...entries.map((e) => e.id), ...criteria.map((c) => `rule:${c.id}`)]) {
          const words = world.asks.get(id)?.get(key);
          if (words) asks.set(key, words);
        }
        return [
          {
            city: cityName,
            text,
            entries: raw(id, 'entries', entries),
            criteria: raw(id, 'rules', criteria),
            asks,
          },
        ];
      });
    });
}

const squeeze = (s: string): string => s.replace(/\s+/g, '');

/** The items as their file has them. */
function raw(policy: string, file: string, kept: readonly { id: string }[]): Raw[] {
  if (kept.length === 0) return [];
  const ids = new Set(kept.map((k) => k.id));
  return listOf(join(KNOWLEDGE, policy, `${file}.yaml`)).filter((item) => ids.has(item.id));
}

const lists = new Map<string, Raw[]>();

function listOf(file: string): Raw[] {
  const known = lists.get(file) ?? (parse(readUtf8(file)) as Raw[]);
  lists.set(file, known);
  return known;
}

/** Every word in a value under another city's name, its figures times `scale`. */
function rewritten(value: unknown, city: string, name: string, scale: number): unknown {
  if (typeof value === 'string')
    return value
      .replaceAll(city, name)
      .replace(FIGURE, (n) => String(Math.round(Number(n) * scale * 1000) / 1000));
  if (Array.isArray(value)) return value.map((v) => rewritten(v, city, name, scale));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, v]) => [
      key,
      ['id', 'topic'].includes(key) ? v : rewritten(v, city, name, scale),
    ]),
  );
}

/** 1 to 99 as an article is numbered. */
function chinese(n: number): string {
  const digits = '零一二三四五六七八九';
  const tens = Math.floor(n / 10);
  return `${tens === 0 ? '' : tens === 1 ? '十' : `${digits[tens]}十`}${n % 10 === 0 ? '' : digits[n % 10]}`;
}
