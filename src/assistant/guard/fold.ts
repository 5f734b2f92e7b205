/** Punctuation that stays as it is: a Chinese comma parts phrases, a Latin one may group digits. */
const KEPT = /[，。；：！？（）“”‘’《》【】〔〕、…—]/;
const ROMAN = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 50, 100, 500, 1000];
const FORMAL: Record<string, string> = {
  壹: '一',
  贰: '二',
  貳: '二',
  叁: '三',
  參: '三',
  肆: '四',
  伍: '五',
  陆: '六',
  陸: '六',
  柒: '七',
  捌: '八',
  玖: '九',
  拾: '十',
  佰: '百',
  仟: '千',
  〇: '〇',
  弍: '二',
  弐: '二',
  叄: '三',
  萬: '万',
  億: '亿',
  兩: '两',
};
/** A formal numeral is one only beside another numeral or a unit (队伍 and 陆续 are words). */
const FORMAL_NEAR =
  /[壹贰貳叁叄參肆伍陆陸柒捌玖弍弐拾佰仟](?=[壹贰貳叁叄參肆伍陆陸柒捌玖拾佰仟十百千万萬亿億元圆家个個名人位项年月日号成点%％分倍所天])/g;

/**
 * A text as the guard compares it: look-alike digits and letters (full-width, circled, Roman, mathematical) as plain
 * ones, formal numerals as common ones, no space inside Chinese or figures. Works for sentence and evidence alike.
 */
export function foldForGuard(text: string): string {
  let out = '';
  for (const c of text) {
    const code = c.codePointAt(0)!;
    if (code < 0x80 || (code >= 0x4e00 && code <= 0x9fff) || KEPT.test(c)) out += c;
    else if (code >= 0x2160 && code <= 0x217f) out += ROMAN[(code - 0x2160) % 16];
    else out += c.normalize('NFKC');
  }
  return (
    out
      .replace(/[ \t\u3000]+/g, ' ')
      .replace(FORMAL_NEAR, (c) => FORMAL[c] ?? c)
      .replace(/[萬億兩]/g, (c) => FORMAL[c]!)
      // 5亿元以上（含）: a bound includes its figure anyhow.
      .replace(/ ?[（(]含[）)]/g, '')
      .replace(/(?<=[\p{Script=Han}\d%，。；：、（）]) (?=[\p{Script=Han}\d%，。；：、（）])/gu, '')
  );
}

/** A character that no honest sentence needs: invisible, combining, of another script, a symbol. Null when there is none. */
export function oddCharacter(folded: string): string | null {
  return (
    /[^\p{Script=Han}A-Za-z0-9 〇，。；：！？（）“”‘’《》【】〔〕、…—()[\],.;:!?%‰+\-~/·"'&≥≤×]/u.exec(
      folded,
    )?.[0] ?? null
  );
}
