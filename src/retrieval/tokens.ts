import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Characters that only traditional text has, enough of them to notice it; the converter (4 ms to load) does the rest.
 * A text without any of them is never handed to it.
 */
const TRADITIONAL =
  /[個們這麼來說對時會後國學發請為與從還過無點經現開關長門間問題報應該專業產業標準創聯體營額萬億條廈溫島嗎協議單團隊誰幾錢獎勵歲處評資區實領務類維術聘龍頭證書繼續醫院東車馬魚鳥貝見風飛電話語調論訊號數據齊罰責負財稅費貸購買賣訂進遠運達選遷適邊鄉鎮養飲館織級約線練紅純縮總縣]/;
let simplify: ((text: string) => string) | null = null;

/** Traditional characters to simplified ones. The converter is loaded on the first text that needs it. */
function toSimplified(text: string): string {
  if (!TRADITIONAL.test(text)) return text;
  if (simplify === null) {
    const opencc = require('opencc-js/t2cn') as { Converter(o: object): (t: string) => string };
    simplify = opencc.Converter({ from: 't', to: 'cn' });
  }
  return simplify(text);
}

/** The text as the index sees it: compatibility forms folded (NFKC), lower case, simplified characters. */
export function normalise(text: string): string {
  return toSimplified(text.normalize('NFKC').toLowerCase());
}

/** Unit ids below this are marks, not words: see `Mark`. */
export const FIRST_UNIT = 3;
/** Marks in a stream of units: no n-gram crosses one. */
export const Mark = { none: 0, sentence: 1, comma: 2 } as const;

const SENTENCE = new Set('。；;！!？?\n');
const Kind = { blank: 0, sentence: 1, comma: 2, han: 3, word: 4, digit: 5 } as const;
type Kind = (typeof Kind)[keyof typeof Kind];

function kindOf(code: number, char: string): Kind {
  if ((code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf) || code === 0x3007)
    return Kind.han;
  if (code >= 0x30 && code <= 0x39) return Kind.digit;
  if ((code >= 0x61 && code <= 0x7a) || char === '%' || char === '‰') return Kind.word;
  if (code === 0x0a) return Kind.sentence;
  if (code <= 0x20 || code === 0xa0) return Kind.blank;
  if (code < 0x80) return char === ';' || char === '!' || char === '?' ? Kind.sentence : Kind.comma;
  if (SENTENCE.has(char)) return Kind.sentence;
  if (code > 0xffff) return Kind.han;
  return /\p{L}|\p{N}|\p{M}/u.test(char) ? Kind.word : Kind.comma;
}

const KINDS = new Int8Array(0x10000).fill(-1);
function kindAt(code: number, char: string): Kind {
  if (code > 0xffff) return Kind.han;
  const known = KINDS[code]!;
  if (known >= 0) return known as Kind;
  const kind = kindOf(code, char);
  KINDS[code] = kind;
  return kind;
}

/**
 * Walks a normalised text as units: one Han character, one run of Latin letters, or one number (with its decimals). Marks
 * for the end of a sentence and for other punctuation come between them; blanks are skipped, so that text wrapped
 * in the middle of a word reads as one.
 */
export function walkUnits(text: string, unit: (unit: string) => void, mark: (mark: 1 | 2) => void): void {
  for (let i = 0; i < text.length; ) {
    const code = text.codePointAt(i)!;
    const size = code > 0xffff ? 2 : 1;
    const char = size === 1 ? text[i]! : text.slice(i, i + 2);
    const kind = kindAt(code, char);
    let end = i + size;
    if (kind === Kind.han) unit(char);
    else if (kind === Kind.sentence) mark(Mark.sentence);
    else if (kind === Kind.comma) mark(Mark.comma);
    else if (kind !== Kind.blank) {
      for (; end < text.length; end++) {
        const c = text.charCodeAt(end);
        const k = kindAt(c, text[end]!);
        const decimal =
          kind === Kind.digit && (c === 0x2e || c === 0x2c) && isDigit(text.charCodeAt(end + 1));
        if (k !== kind && !decimal) break;
      }
      unit(text.slice(i, end).replace(/,/g, ''));
    }
    i = end;
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** The units of a raw text, without marks. */
export function units(text: string): string[] {
  const out: string[] = [];
  walkUnits(
    normalise(text),
    (u) => out.push(u),
    () => {},
  );
  return out;
}
