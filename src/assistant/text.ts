import type { Block, Citation } from './types.js';
import type { Wording } from './wording.js';

/** How a document is named in a source line: its number, or its title where it has none. */
export type DocName = (policy: string) => string;

/**
 * The plain rendering of an answer, as a chat user reads it: blocks one under another, marks 〔n〕 where a block cites,
 * and the numbered sources at the end. A row of a table becomes a line, or a line a
 * column under its title, readable on a phone.
 */
export function renderText(
  blocks: readonly Block[],
  citations: readonly Citation[],
  wording: Wording,
  docName: DocName,
): string {
  const lines: string[] = [];
  for (const block of blocks) {
    if (block.kind === 'heading') lines.push('', block.text);
    else if (block.kind === 'list') {
      for (const [i, item] of block.items.entries()) {
        lines.push(`${block.ordered ? `${i + 1}. ` : '· '}${item.text}${marks(item.cites)}`);
      }
    } else if (block.kind === 'table') {
      for (const row of block.rows) {
        const [first, ...rest] = row;
        const cells = rest.map((cell) => `${cell.text}${marks(cell.cites)}`);
        if (cells.length === 1) lines.push(`${first?.text ?? ''}：${cells[0]}`);
        else {
          lines.push('', first?.text ?? '');
          lines.push(...cells.map((cell, i) => `· ${block.head[i + 1]}：${cell}`));
        }
      }
    } else if (block.kind === 'quote') lines.push(`“${block.text}”${marks(block.cites)}`);
    else lines.push(`${block.text}${marks(block.cites)}`);
  }
  if (citations.length > 0) {
    lines.push('', wording.say('sources.head'));
    citations.forEach((c, i) => {
      lines.push(
        wording.say('sources.item', { n: i + 1, doc: docName(c.policy), clause: c.clause, quote: c.quote }),
      );
    });
  }
  return lines
    .join('\n')
    .replace(/^\n+/, '')
    .replace(/\n{3,}/g, '\n\n');
}

const marks = (cites: readonly number[]): string => [...new Set(cites)].map((n) => `〔${n}〕`).join('');
