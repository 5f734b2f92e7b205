import { type Api, GrammyError, InputFile } from 'grammy';
import type { InlineKeyboardButton } from 'grammy/types';
import type { InterviewState, ReportFile } from '../../assistant/interviewer.js';

/** A button: `data` comes back as a press, `url` opens. */
export type Button = { text: string; data: string } | { text: string; url: string };

/** One thing to be sent to a chat, as plain JSON: it is stored before it is sent. */
export type Outgoing = {
  chat: number;
  /** Topic of a forum. */
  thread?: number;
  replyTo?: number;
  buttons?: Button[][];
} & (
  | {
      kind: 'text';
      html: string;
      /** What a reader sees, for a server that cannot read the HTML. */
      text: string;
      /** A message that this one takes the place of. */
      edit?: number;
    }
  | { kind: 'source'; policy: string; caption: string }
  | { kind: 'report'; state: InterviewState; caption: string; failed: string }
  /** The buttons of an old message, changed; not worth a second attempt. */
  | { kind: 'buttons'; message: number }
);

/** Files that can be sent. */
export interface Files {
  /** The original text of a document. @throws InputError for an unknown id */
  source(policy: string): { filename: string; bytes: Uint8Array };
  report(state: InterviewState): Promise<ReportFile>;
}

/** Sends one thing. @throws GrammyError and HttpError as grammY does; `onFault` hears of a file that could not be made. */
export async function send(
  api: Api,
  files: Files,
  out: Outgoing,
  onFault: (error: unknown) => void,
  signal?: AbortSignal,
): Promise<void> {
  const stop = signal as Parameters<Api['getMe']>[0];
  const place = {
    ...(out.thread === undefined ? {} : { message_thread_id: out.thread }),
    ...(out.replyTo === undefined
      ? {}
      : { reply_parameters: { message_id: out.replyTo, allow_sending_without_reply: true } }),
  };
  const markup = out.buttons?.length
    ? { reply_markup: { inline_keyboard: out.buttons.map((row) => row.map(toTelegram)) } }
    : {};
  switch (out.kind) {
    case 'text':
      return sendText(api, out, { ...place, ...markup }, stop);
    case 'source': {
      const { filename, bytes } = files.source(out.policy);
      const caption = { caption: out.caption };
      await api.sendDocument(
        out.chat,
        new InputFile(bytes, filename),
        { ...place, ...markup, ...caption },
        stop,
      );
      return;
    }
    case 'report': {
      let file: ReportFile;
      try {
        file = await files.report(out.state);
      } catch (error) {
        onFault(error);
        await api.sendMessage(out.chat, out.failed, place, stop);
        return;
      }
      const document = new InputFile(file.bytes, file.filename);
      const caption = captionOf(file.summary, out.caption);
      await api.sendDocument(out.chat, document, { ...place, ...markup, caption }, stop);
      return;
    }
    case 'buttons':
      await api.editMessageReplyMarkup(out.chat, out.message, markup, stop).catch(() => undefined);
  }
}

/** What Telegram takes under a file. */
const CAPTION_LENGTH = 1024;

/** The outcome above the usual words; the words alone where both are too long. */
function captionOf(summary: string | undefined, words: string): string {
  const both = summary === undefined ? words : `${summary}\n\n${words}`;
  return both.length <= CAPTION_LENGTH ? both : words;
}

/** Sends or edits; a message that is gone is sent anew, HTML that cannot be read goes as plain text. */
async function sendText(
  api: Api,
  out: Outgoing & { kind: 'text' },
  place: object,
  stop: Parameters<Api['getMe']>[0],
): Promise<void> {
  const noPreview = { link_preview_options: { is_disabled: true } };
  const html = { ...noPreview, ...place, parse_mode: 'HTML' as const };
  try {
    if (out.edit === undefined) await api.sendMessage(out.chat, out.html, html, stop);
    else await api.editMessageText(out.chat, out.edit, out.html, html, stop);
  } catch (error) {
    if (!(error instanceof GrammyError) || error.error_code !== 400) throw error;
    if (/not modified/i.test(error.description)) return;
    if (out.edit !== undefined) return sendText(api, { ...out, edit: undefined }, place, stop);
    if (!/parse entities/i.test(error.description)) throw error;
    await api.sendMessage(out.chat, out.text, { ...noPreview, ...place }, stop);
  }
}

const toTelegram = (button: Button): InlineKeyboardButton =>
  'url' in button
    ? { text: button.text, url: button.url }
    : { text: button.text, callback_data: button.data };
