import { GrammyError } from 'grammy';
import type { Ctx } from './context.js';
import { escapeHtml } from './html.js';
import { MAX_LENGTH } from './pack.js';
import type { Parts } from './parts.js';

/** Telegram takes about one edit a second in a chat. */
const EDIT_EVERY_MS = 1000;
const MORE = '…';

/**
 * The beginning of an answer that is still being written, shown in a private chat: a message that grows by edits, sentence
 * by sentence, and that the finished answer takes the place of. Only sentences that may be shown come here.
 */
export class Draft {
  #text = '';
  #shown = '';
  #message: number | undefined;
  #timer: NodeJS.Timeout | null = null;
  #work: Promise<void> = Promise.resolve();
  #last = 0;
  #closed = false;

  constructor(
    private readonly ctx: Ctx,
    private readonly parts: Parts,
  ) {
    const { draft } = ctx.work.loaded;
    // The process that began this answer was stopped: its message is used on.
    if (draft?.update === ctx.work.update) this.#message = draft.message;
  }

  add(sentence: string): void {
    if (this.#closed) return;
    this.#text += sentence;
    if (this.#timer) return;
    const wait = Math.max(0, this.#last + EDIT_EVERY_MS - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#work = this.#work.then(() => this.#show());
    }, wait);
  }

  /** Ends it. @returns the message that the answer takes the place of, if one was sent */
  async close(): Promise<number | undefined> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#work;
    return this.#message;
  }

  async #show(): Promise<void> {
    const { ctx, parts } = this;
    const text = this.#text.trim();
    if (this.#closed || text === this.#shown || text === '' || text.length >= MAX_LENGTH) return;
    this.#last = Date.now();
    const html = `${escapeHtml(text)} ${MORE}`;
    const { chat, thread } = ctx.work.place;
    const options = {
      parse_mode: 'HTML' as const,
      link_preview_options: { is_disabled: true },
      ...(thread === undefined ? {} : { message_thread_id: thread }),
    };
    try {
      if (this.#message === undefined) {
        const sent = await ctx.api.sendMessage(chat, html, options);
        this.#message = sent.message_id;
        await parts.memory.noteDraft(ctx.work, sent.message_id);
      } else await ctx.api.editMessageText(chat, this.#message, html, options);
      this.#shown = text;
    } catch (error) {
      // No further edit before the pause is over that Telegram asks for.
      if (error instanceof GrammyError) this.#last += 1000 * (error.parameters.retry_after ?? 0);
      // The finished answer comes in any case; what was to be seen of it earlier is no loss.
    }
  }
}
