import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);
let toSimplified: ((text: string) => string) | null = null;

/** Characters that only traditional text has, enough of them to notice it; the converter does the rest. */
const TRADITIONAL =
  /[個們這麼來說對時會後國學發請為與從還過無點經現開關長門間問題報應該專業產業標準創聯體營業額萬億條廈門溫島嗎協議單導發團隊誰幾錢獎勵幾歲處評資區實領備務類維術領聘龍頭證書繼續醫院謝請沒兩寫幫數讓辦給種總約認識剛電話項條款點樣區縣鎮廠]/;

/**
 * A question as the reader sees it: full-width forms folded (NFKC), traditional characters simplified, control characters
 * and zero-width marks dropped, runs of blanks made one, Latin in lower case. Sentence punctuation is kept.
 * Text over `limit` characters is cut; the caller says so to the user.
 */
export function normalise(text: string, limit = 4000): string {
  let out = text.slice(0, limit).normalize('NFKC');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  out = out.replace(/[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, ' ');
  if (TRADITIONAL.test(out)) {
    toSimplified ??= (load('opencc-js/t2cn') as { Converter(o: object): (t: string) => string }).Converter({
      from: 'tw',
      to: 'cn',
    });
    out = toSimplified(out);
  }
  return (
    out
      .replace(/[ \t\u3000]+/g, ' ')
      // People on phones part statements with a blank: one before a new predicate is a comma.
      .replace(
        /(?<=[\u4e00-\u9fff\d%亿万]) (?=(没(?!有?(?: |$))|不是|是|我们|我司|还没|也|已|能|可以|有(?!没)))/g,
        '，',
      )
      // 平台：省级 牵头过：无
      .replace(/(?<=[\u4e00-\u9fff\d%]) (?=[\u4e00-\u9fff]{2,10} ?:)/g, '，')
      // A form filled in on one line: 主营:4.5亿 / 高企:是 | 平台:市级.
      .replace(/ ?\| ?| [/／] /g, '，')
      .replace(/四舍五入/g, '，四舍五入')
      .replace(/(?<=[\u4e00-\u9fff\d.]) (?=[\u4e00-\u9fff%])/g, '')
      .toLowerCase()
      .trim()
  );
}
