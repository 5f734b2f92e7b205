import type { Embedder, IndexDoc } from '../../src/retrieval/index.js';

/** Vectors that mean something: counts of characters, hashed. `texts` is all that it was asked, in order. */
export function characters(id = 'characters', dimension = 64): Embedder & { texts: string[] } {
  const texts: string[] = [];
  return {
    id,
    dimension,
    texts,
    async embed(asked) {
      texts.push(...asked);
      return asked.map((text) => {
        const v = new Float32Array(dimension).fill(0.01);
        for (const c of text) v[(c.codePointAt(0)! * 31) % dimension]! += 1;
        return v;
      });
    },
  };
}

/** The same, failing for good once it has answered `calls` times. */
export function failingAfter(calls: number): Embedder & { texts: string[] } {
  const whole = characters();
  let left = calls;
  const embed = whole.embed.bind(whole);
  whole.embed = async (texts) => {
    if (left-- <= 0) throw new Error('503');
    return embed(texts);
  };
  return whole;
}

/** Documents that hardly share a character, so that the counts tell them apart. */
export function unlike(n: number): IndexDoc[] {
  const text = (i: number) =>
    Array.from({ length: 30 }, (_, j) =>
      String.fromCodePoint(0x4e00 + ((i * 7919 + j * (i + 3) * 31) % 20_000)),
    );
  return Array.from({ length: n }, (_, i) => ({ id: `d${i}`, title: '', text: text(i).join('') }));
}
