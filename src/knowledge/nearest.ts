/** Pairs of neighbouring characters, white space aside: what two stretches of Chinese text have in common. */
function pairs(text: string): Map<string, number> {
  const bare = text.replace(/\s+/g, '');
  const out = new Map<string, number>();
  for (let i = 0; i + 2 <= bare.length; i++) {
    const pair = bare.slice(i, i + 2);
    out.set(pair, (out.get(pair) ?? 0) + 1);
  }
  return out;
}

/** How alike two texts are, 0 to 1 (Dice's coefficient over pairs of characters). */
function alike(a: Map<string, number>, b: Map<string, number>): number {
  let common = 0;
  let all = 0;
  for (const [pair, n] of a) {
    common += Math.min(n, b.get(pair) ?? 0);
    all += n;
  }
  for (const n of b.values()) all += n;
  return all === 0 ? 0 : (2 * common) / all;
}

/** The candidates most like what was written, best first, at most `most`; none that has nothing in common with it. */
export function nearest(written: string, candidates: Iterable<string>, most = 1): string[] {
  const wanted = pairs(written);
  return [...candidates]
    .map((text) => ({ text, score: alike(wanted, pairs(text)) }))
    .filter((c) => c.score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map((c) => c.text);
}

/** The phrases of a text (parts between commas and stops) that stand together and are most like a quote. */
export function nearestWords(quote: string, text: string): string | null {
  const phrases = text.split(/(?<=[，。；：\n])/);
  const runs: string[] = [];
  const length = quote.replace(/\s+/g, '').length;
  for (let i = 0; i < phrases.length; i++) {
    let run = '';
    for (let j = i; j < phrases.length && (run === '' || run.length < length * 1.3); j++) {
      run += phrases[j];
      runs.push(run);
    }
  }
  return nearest(quote, runs)[0]?.replace(/[，。；：\n]$/, '') ?? null;
}
