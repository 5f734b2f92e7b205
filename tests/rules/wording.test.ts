import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fill, loadTexts, say } from '../../src/rules/say.js';
import { fault, file } from './support.js';

const ROOT = new URL('../../', import.meta.url).pathname;
/** Code that a mutation run has rewritten is not read as it was written. */
const mutated = '__stryker__' in globalThis;
const WORDING = join(ROOT, 'knowledge/wording-rules.yaml');

describe('what the rules say', () => {
  it.skipIf(mutated)('is data: the code holds no sentence of its own', () => {
    const code = readdirSync(join(ROOT, 'src/rules'), { recursive: true, encoding: 'utf8' }).filter(
      // What says how the texts are written cannot be one of them.
      (f) => f.endsWith('.ts') && !f.endsWith('say.ts'),
    );
    const spoken = code.flatMap((name) =>
      readFileSync(join(ROOT, 'src/rules', name), 'utf8')
        .split('\n')
        .filter((line) => !/^\s*(?:\/?\*|\/\/)/.test(line))
        .map((line) => line.replace(/\/\/.*$|\/\*.*?\*\//g, ''))
        .filter((line) => /[\u4e00-\u9fff]{3}/.test(line))
        .map((line) => `${name}: ${line.trim()}`),
    );
    expect(spoken).toEqual([]);
  });

  it('fills in what it is given', () => {
    expect(say('mend.amountUp', { name: '营收', gap: '2000万元' })).toBe('营收差2000万元');
    expect(say('join.or')).toBe(' 或 ');
  });

  it('a text that is missing, or asks for what nobody gives, is told with the names it may hold', () => {
    const texts = loadTexts(file('a:\n  b: 差{gap}\n  c: 完'));
    expect(fill(texts, 'w.yaml', 'a.b', { gap: 3 })).toBe('差3');
    expect(fault(() => fill(texts, 'w.yaml', 'a.d', {}))).toBe('w.yaml: 缺少文字“a.d”');
    expect(fault(() => fill(texts, 'w.yaml', 'a.b', { name: 'x', sum: 'y' }))).toBe(
      'w.yaml: “a.b”里的 {gap} 没有值可填；可以用的有 {name}、{sum}',
    );
    expect(fault(() => fill(texts, 'w.yaml', 'a.b', {}))).toMatch(/可以用的有 （没有）$/);
  });

  it.each([
    ['- a', ':1: 应是分节的文字'],
    ['', ':1: 应是分节的文字'],
    ['a: 3', ':1: 应是分节的文字'],
    ['a:\n  b: x\nc:\n  - d', ':4: 应是分节的文字'],
    ['a:\n  b: x\n  c: 3', ':3: a.c：应是一段文字'],
  ])('a file such as %j is refused where it is wrong', (text, message) => {
    expect(fault(() => loadTexts(file(text)))).toContain(message);
  });

  it.skipIf(mutated)('no text of the file is left over and none is lacking', () => {
    const code = readdirSync(join(ROOT, 'src/rules'), { recursive: true, encoding: 'utf8' })
      .filter((f) => f.endsWith('.ts') && !f.endsWith('say.ts'))
      .map((name) => readFileSync(join(ROOT, 'src/rules', name), 'utf8'))
      .join('\n');
    const keys = [...loadTexts(WORDING).keys()];
    const computed =
      /^(?:dates\.(?:in-force|not-yet|expired|draft|undated|informational)|matching\.(?:national|provincial|total)|mend\.(?:count|amount)(?:Up|Down)|(?:type|unit)\..+)$/;
    expect(keys.filter((key) => !computed.test(key) && !code.includes(`'${key}'`))).toEqual([]);
    const used = [
      ...code.matchAll(
        /'((?:join|check|mend|facts|input|matching|share|name|years|dates|score|read|pack)\.[a-zA-Z]+)'/g,
      ),
    ];
    expect(used.map((m) => m[1]).filter((key) => !keys.includes(key!))).toEqual([]);
  });
});
