/** Telegram's HTML read as Telegram reads it, for the stand-in: strict where Telegram is strict. */
export interface Entity {
  type: string;
  offset: number;
  length: number;
}

const TAGS: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  code: 'code',
  pre: 'pre',
  a: 'text_link',
  blockquote: 'blockquote',
  'tg-spoiler': 'spoiler',
};
const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };

/** @throws Error with Telegram's own words where it would refuse the text. */
export function parseTelegramHtml(html: string): { text: string; entities: Entity[] } {
  let text = '';
  const entities: Entity[] = [];
  const open: { tag: string; type: string; offset: number }[] = [];
  const fail = (why: string) => {
    throw new Error(`Bad Request: can't parse entities: ${why}`);
  };
  const token = /<(\/?)([a-zA-Z-]*)([^<>]*)>|&(#x[0-9a-f]+|#\d+|\w+);|([<])|([\s\S])/giy;
  for (const [, slash, tag, attributes, entity, stray, character] of html.matchAll(
    new RegExp(token.source, 'gi'),
  )) {
    if (stray) fail(`Unsupported start tag at byte offset ${text.length}`);
    else if (character) text += character;
    else if (entity) {
      if (entity.startsWith('#')) {
        text += String.fromCodePoint(
          /^#x/i.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1)),
        );
      } else text += NAMED[entity] ?? `&${entity};`;
    } else if (slash) {
      const last = open.pop();
      if (last?.tag !== tag)
        fail(
          `Unmatched end tag at byte offset ${text.length}, expected "</${last?.tag}>", found "</${tag}>"`,
        );
      else if (text.length > last!.offset)
        entities.push({ type: last!.type, offset: last!.offset, length: text.length - last!.offset });
    } else {
      const type = TAGS[tag!];
      if (!type) fail(`Unsupported start tag "${tag}" at byte offset ${text.length}`);
      const expandable = tag === 'blockquote' && /^\s+expandable(="")?\s*$/.test(attributes ?? '');
      if (!expandable && attributes?.trim() && tag !== 'a' && tag !== 'code')
        fail(`Unexpected attribute in "${tag}"`);
      if (tag === 'blockquote' && open.some((outer) => outer.tag === 'blockquote'))
        fail('blockquotes cannot be nested');
      open.push({ tag: tag!, type: expandable ? 'expandable_blockquote' : type!, offset: text.length });
    }
  }
  if (open.length > 0) fail(`Can't find end tag corresponding to start tag "${open.at(-1)!.tag}"`);
  return { text, entities };
}
