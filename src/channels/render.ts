import { FormattedString } from '@grammyjs/parse-mode';
import type { Answer, Block } from '../assistant/types.js';
import type { Say } from './locale.js';
import { type Piece, pack } from './telegram/pack.js';

/** A message for Telegram: `html` for parse_mode HTML, `text` what a reader sees (at most 4096 UTF-16 units). */
export interface Message {
  html: string;
  text: string;
}

/** How a document is named in a source line: its number, or its title where it has none. */
export type DocumentName = (policy: string) => string;

/**
 * An answer as Telegram messages: the lead in bold, tables as lists that a phone can show, `more` blocks and the sources
 * folded, split at the ends of blocks, items and clauses. `footer` lines stand below.
 */
export function renderTelegram(
  answer: Pick<Answer, 'blocks' | 'citations' | 'text'>,
  say: Say,
  documentName: DocumentName,
  footer: readonly string[] = [],
): Message[] {
  const pieces = answer.blocks.flatMap((block) => blockPieces(block, say));
  if (pieces.length === 0) pieces.push(...plainPieces(answer.text));
  if (answer.citations.length > 0) {
    pieces.push({ text: FormattedString.b(say('render.sources')), gap: 2, fold: true, holds: true });
    answer.citations.forEach(({ policy, docNumber, clause, quote }, i) => {
      const line = say('render.source', {
        n: i + 1,
        document: docNumber ?? documentName(policy),
        clause,
        quote: oneLine(quote),
      });
      pieces.push({ text: plain(line), gap: 1, fold: true });
    });
  }
  return pack([...pieces, ...footerPieces(footer)]);
}

/** Text of our own (help, a refusal), split at its paragraphs when long. */
export function renderNotice(text: string, footer: readonly string[] = []): Message[] {
  return pack([...plainPieces(text), ...footerPieces(footer)]);
}

/** Small print, in italics. */
const footerPieces = (lines: readonly string[]): Piece[] =>
  lines.map((line) => ({ text: FormattedString.i(clean(line)), gap: 2, fold: false }));

/** An item that begins with a sign of its own (✓ ✗ ？) needs no bullet before it. */
const OWN_MARK = /^[\p{So}\p{Po}]\s/u;

function blockPieces(block: Block, say: Say): Piece[] {
  const marks = (cites: readonly number[]) =>
    [...new Set(cites)].map((n) => say('render.cite', { n })).join('');
  const fold = 'more' in block && block.more === true;
  switch (block.kind) {
    case 'lead':
      return [{ text: FormattedString.b(clean(block.text)).plain(marks(block.cites)), gap: 2, fold }];
    case 'heading':
      return [{ text: FormattedString.b(clean(block.text)), gap: 2, fold, holds: true }];
    case 'para':
    case 'note':
      return [{ text: plain(block.text + marks(block.cites)), gap: 2, fold }];
    case 'quote': {
      const said = clean(block.text) + marks(block.cites);
      // Quotes do not nest: inside a fold it keeps its quotation marks instead.
      const text = fold ? plain(say('render.quote', { text: said })) : FormattedString.blockquote(said);
      return [{ text, gap: fold ? 2 : 1, fold }];
    }
    case 'list':
      return block.items.map((item, i) => {
        const mark = block.ordered ? `${i + 1}. ` : OWN_MARK.test(item.text) ? '' : say('render.bullet');
        return { text: plain(mark + item.text + marks(item.cites)), gap: 1, fold };
      });
    case 'table':
      return block.rows.map((row) => ({ text: tableRow(block.head, row, marks, say), gap: 1, fold }));
  }
}

/** A row: its first cell in bold, then one line a cell with the column's name; a single cell stands beside the first. */
function tableRow(
  head: readonly string[],
  [first, ...rest]: readonly { text: string; cites: number[] }[],
  marks: (cites: readonly number[]) => string,
  say: Say,
): FormattedString {
  const name = clean(first?.text ?? '') + marks(first?.cites ?? []);
  const values = rest.map((cell) => clean(cell.text) + marks(cell.cites));
  if (values.length === 0) return FormattedString.b(name);
  if (values.length === 1) {
    const [before = '', after = ''] = say('render.cell', { name: '\0', value: values[0]! }).split('\0');
    return plain(before).b(name).plain(after);
  }
  const lines = values.map(
    (value, i) => `\n${say('render.bullet')}${say('render.cell', { name: clean(head[i + 1] ?? ''), value })}`,
  );
  return FormattedString.b(name).plain(lines.join(''));
}

function plainPieces(text: string): Piece[] {
  return clean(text)
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== '')
    .map((part) => ({ text: plain(part), gap: 2, fold: false }));
}

const plain = (text: string): FormattedString => new FormattedString(clean(text));
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Without what Telegram refuses or drops: control characters and halves of characters. */
function clean(text: string): string {
  return (
    text
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
      .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
      .replace(/\p{Surrogate}/gu, '\ufffd')
  );
}
