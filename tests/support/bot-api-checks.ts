import { type Entity, parseTelegramHtml } from './telegram-html.js';

type Json = Record<string, unknown>;

/** An answer of Telegram other than success. */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    description: string,
    readonly parameters?: Json,
  ) {
    super(description);
  }
}

const TEXT_LIMIT = 4096;
export const CAPTION_LIMIT = 1024;
const ENTITY_LIMIT = 100;

/** A text as Telegram reads it. @throws Refusal with Telegram's words where it would refuse. */
export function readText(raw: unknown, parseMode: unknown, limit = TEXT_LIMIT) {
  if (typeof raw !== 'string' || raw === '') throw new Refusal(400, 'Bad Request: message text is empty');
  let parsed: { text: string; entities: Entity[] } = { text: raw, entities: [] };
  if (parseMode === 'HTML') {
    try {
      parsed = parseTelegramHtml(raw);
    } catch (error) {
      throw new Refusal(400, (error as Error).message);
    }
  } else if (parseMode !== undefined) throw new Refusal(400, 'Bad Request: unsupported parse_mode');
  if (parsed.text.trim() === '') throw new Refusal(400, 'Bad Request: message text is empty');
  if (parsed.text.trim().length > limit) throw new Refusal(400, 'Bad Request: message is too long');
  // Telegram drops what is above a hundred in silence; here it is a fault, so that a test sees it.
  if (parsed.entities.length > ENTITY_LIMIT) throw new Refusal(400, 'Bad Request: too many entities');
  return parsed;
}

/** Checks buttons as Telegram does. */
export function checkKeyboard(markup: unknown): void {
  if (markup === undefined) return;
  const rows = (markup as { inline_keyboard?: unknown }).inline_keyboard;
  if (!Array.isArray(rows)) throw new Refusal(400, 'Bad Request: object expected as reply markup');
  const buttons = rows.flat() as Json[];
  if (buttons.length > 100) throw new Refusal(400, 'Bad Request: reply markup is too long');
  for (const button of buttons) {
    if (typeof button.text !== 'string' || button.text.trim() === '')
      throw new Refusal(400, 'Bad Request: BUTTON_TEXT_INVALID');
    const kinds = ['callback_data', 'url', 'switch_inline_query', 'switch_inline_query_current_chat'];
    if (kinds.filter((kind) => button[kind] !== undefined).length !== 1)
      throw new Refusal(400, 'Bad Request: BUTTON_TYPE_INVALID');
    const { callback_data: data } = button;
    if (data !== undefined && (data === '' || Buffer.byteLength(String(data)) > 64))
      throw new Refusal(400, 'Bad Request: BUTTON_DATA_INVALID');
    if (button.url !== undefined && !/^(https?|tg):\/\//.test(String(button.url)))
      throw new Refusal(400, 'Bad Request: BUTTON_URL_INVALID');
  }
}

/** Checks the answer to an inline query; each result gets the text that it would put into a chat. */
export function checkInlineResults(results: unknown): (Json & { text: string; entities: Entity[] })[] {
  if (!Array.isArray(results)) throw new Refusal(400, "Bad Request: can't parse inline query results");
  if (results.length > 50) throw new Refusal(400, 'Bad Request: RESULTS_TOO_MUCH');
  const ids = new Set<string>();
  return (results as Json[]).map((result) => {
    const id = String(result.id ?? '');
    if (id === '' || Buffer.byteLength(id) > 64) throw new Refusal(400, 'Bad Request: RESULT_ID_INVALID');
    if (ids.has(id)) throw new Refusal(400, 'Bad Request: RESULT_ID_DUPLICATE');
    ids.add(id);
    if (result.type !== 'article' || !result.title)
      throw new Refusal(400, 'Bad Request: RESULT_TYPE_INVALID');
    const content = (result.input_message_content ?? {}) as Json;
    checkKeyboard(result.reply_markup);
    return { ...result, ...readText(content.message_text, content.parse_mode) };
  });
}

/** Checks a list of commands. */
export function checkCommands(commands: unknown): Json[] {
  if (!Array.isArray(commands)) throw new Refusal(400, "Bad Request: can't parse commands");
  for (const { command, description } of commands as Json[]) {
    if (!/^[a-z0-9_]{1,32}$/.test(String(command)))
      throw new Refusal(400, 'Bad Request: BOT_COMMAND_INVALID');
    if (!description || String(description).length > 256)
      throw new Refusal(400, 'Bad Request: BOT_COMMAND_DESCRIPTION_INVALID');
  }
  return commands as Json[];
}
