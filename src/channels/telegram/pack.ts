import { FormattedString } from '@grammyjs/parse-mode';
import { toHtml } from './html.js';

/** What Telegram takes in one message: characters (UTF-16 units) and entities, both counted after parsing. */
export const MAX_LENGTH = 4096;
const MAX_ENTITIES = 100;

/** A part of an answer that is kept whole where it fits into a message. */
export interface Piece {
  text: FormattedString;
  /** Line breaks before it, unless it begins a message. */
  gap: 1 | 2;
  /** Folded neighbours share one expandable quote. */
  fold: boolean;
  /** A heading: never the last of a message when something follows. */
  holds?: boolean;
}

/** Packs pieces into messages, in order and without loss; a piece longer than a message is cut at line or sentence ends. */
export function pack(pieces: readonly Piece[], limit = MAX_LENGTH): { html: string; text: string }[] {
  const messages: Piece[][] = [];
  let current: Piece[] = [];
  for (const piece of pieces.flatMap((whole) => cut(whole, limit))) {
    if (piece.text.text.trim() === '') continue;
    if (current.length > 0 && !fits([...current, piece], limit)) {
      const held: Piece[] = [];
      while (current.length > 1 && current.at(-1)!.holds) held.unshift(current.pop()!);
      messages.push(current);
      // A heading and a piece that fills a message of its own cannot stay together.
      if (fits([...held, piece], limit)) current = [...held];
      else {
        if (held.length > 0) messages.push(held);
        current = [];
      }
    }
    current.push(piece);
  }
  if (current.length > 0) messages.push(current);
  return messages.map((parts) => {
    const text = assemble(parts);
    return { html: toHtml(text), text: text.text };
  });
}

function fits(parts: readonly Piece[], limit: number): boolean {
  let length = 0;
  let entities = 0;
  parts.forEach((part, i) => {
    length += part.text.text.length + (i === 0 ? 0 : part.gap);
    entities += part.text.entities.length + (part.fold && !parts[i - 1]?.fold ? 1 : 0);
  });
  return length <= limit && entities <= MAX_ENTITIES;
}

function assemble(parts: readonly Piece[]): FormattedString {
  let text = new FormattedString('');
  let folded: FormattedString | null = null;
  parts.forEach((part, i) => {
    const gap = i === 0 ? '' : '\n'.repeat(part.gap);
    if (part.fold) {
      if (folded) folded = folded.plain(gap).concat(part.text);
      else {
        text = text.plain(gap);
        folded = part.text;
      }
      if (!parts[i + 1]?.fold) {
        text = text.concat(FormattedString.expandableBlockquote(folded));
        folded = null;
      }
    } else text = text.plain(gap).concat(part.text);
  });
  return text;
}

/** Cuts what is longer than a message at the last line end, sentence end, comma or blank that fits; never inside a character. */
function cut(piece: Piece, limit: number): Piece[] {
  const parts: Piece[] = [];
  let rest = piece.text;
  while (rest.text.length > limit) {
    const at = cutAt(rest.text, limit);
    parts.push({ ...piece, text: rest.slice(0, at), gap: parts.length === 0 ? piece.gap : 1 });
    rest = rest.slice(at);
  }
  return [...parts, { ...piece, text: rest, gap: parts.length === 0 ? piece.gap : 1 }];
}

function cutAt(text: string, limit: number): number {
  const head = text.slice(0, limit);
  for (const ends of [/\n(?=[^\n]*$)/, /[。！？；](?=[^。！？；]*$)/, /[，、,\s](?=[^，、,\s]*$)/]) {
    const at = head.search(ends) + 1;
    if (at > limit / 2) return at;
  }
  const low = text.charCodeAt(limit);
  return low >= 0xdc00 && low <= 0xdfff ? limit - 1 : limit;
}
