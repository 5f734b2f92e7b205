import type { FormattedString } from '@grammyjs/parse-mode';

const TAGS: Record<string, [open: string, close: string]> = {
  bold: ['<b>', '</b>'],
  italic: ['<i>', '</i>'],
  code: ['<code>', '</code>'],
  blockquote: ['<blockquote>', '</blockquote>'],
  expandable_blockquote: ['<blockquote expandable>', '</blockquote>'],
};

/** Text as Telegram's HTML shows it verbatim. */
export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Text with entities as Telegram's HTML; entities nest properly or stand apart, as FormattedString makes them. */
export function toHtml(formatted: FormattedString): string {
  const { text } = formatted;
  const entities = formatted.entities
    .filter((entity) => entity.length > 0)
    .sort((a, b) => a.offset - b.offset || b.length - a.length || outer(b.type) - outer(a.type));
  let html = '';
  let at = 0;
  const open: { end: number; close: string }[] = [];
  const upTo = (offset: number) => {
    while (open.length > 0 && open.at(-1)!.end <= offset) {
      const { end, close } = open.pop()!;
      html += escapeHtml(text.slice(at, end)) + close;
      at = end;
    }
    html += escapeHtml(text.slice(at, offset));
    at = offset;
  };
  for (const entity of entities) {
    const tag = TAGS[entity.type];
    if (!tag) continue;
    upTo(entity.offset);
    html += tag[0];
    open.push({ end: entity.offset + entity.length, close: tag[1] });
  }
  upTo(text.length);
  return html;
}

const outer = (type: string): number => (type.endsWith('blockquote') ? 1 : 0);
