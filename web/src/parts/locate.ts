/** A stretch of text, and whether it belongs to what was looked for. */
export interface Stretch {
  text: string;
  found: boolean;
}

/**
 * Finds a quote in consecutive pieces of a document, white space ignored on both sides, as the citations are made.
 * @returns for each piece its stretches in order; nothing is marked where the quote does not stand
 */
export function locate(pieces: readonly string[], quote: string): Stretch[][] {
  const wanted = quote.replace(/\s+/gu, '');
  const places: { piece: number; at: number }[] = [];
  let bare = '';
  pieces.forEach((text, piece) => {
    for (let at = 0; at < text.length; at++) {
      if (/\s/u.test(text[at]!)) continue;
      bare += text[at];
      places.push({ piece, at });
    }
  });
  const from = wanted === '' ? -1 : bare.indexOf(wanted);
  if (from < 0) return pieces.map((text) => [{ text, found: false }]);
  const first = places[from]!;
  const last = places[from + wanted.length - 1]!;
  return pieces.map((text, piece) => {
    if (piece < first.piece || piece > last.piece) return [{ text, found: false }];
    const start = piece === first.piece ? first.at : 0;
    const end = piece === last.piece ? last.at + 1 : text.length;
    return [
      { text: text.slice(0, start), found: false },
      { text: text.slice(start, end), found: true },
      { text: text.slice(end), found: false },
    ].filter((stretch) => stretch.text !== '');
  });
}

const DIGITS = '[\\d０-９][\\d０-９,，.．]*[\\d０-９]|[\\d０-９]';
const HAN = '[一二两三四五六七八九十百千万亿〇零]';
const UNITS =
  '亿元|万元|亿|万|元|%|％|‰|个百分点|百分点|个工作日|工作日|个月|周年|年度|年|月|日|家|人|名|项|个|倍|分|次|届|期|类|天';
const FIGURE = new RegExp(
  [
    '\\d{4}[-—]\\d{1,2}[-—]\\d{1,2}',
    '\\d{4}年(?:\\d{1,2}月(?:\\d{1,2}日)?)?',
    `百分之${HAN}+(?:点${HAN}+)?`,
    `${HAN}+分之${HAN}+`,
    `(?:${DIGITS})(?:\\s*[-—~～至]\\s*(?:${DIGITS}))?\\s*(?:${UNITS})`,
    `(?<![第（(〔同统唯])${HAN}+(?:${UNITS})(?![）〕、])`,
  ].join('|'),
  'gu',
);

/** A text in stretches, its figures (amounts, percents, counts, dates) found, so that a voice on the telephone can lean on them. */
export function figures(text: string): Stretch[] {
  const out: Stretch[] = [];
  let at = 0;
  for (const match of text.matchAll(FIGURE)) {
    if (match.index > at) out.push({ text: text.slice(at, match.index), found: false });
    out.push({ text: match[0], found: true });
    at = match.index + match[0].length;
  }
  if (at < text.length) out.push({ text: text.slice(at), found: false });
  return out;
}
