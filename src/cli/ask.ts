import type { App } from '../app.js';
import type { AskRequest, Turn } from '../assistant/types.js';
import { InputError } from '../errors.js';
import { type Call, eachLine, printJson, text } from './io.js';

/** `wence ask "问题"` and `wence ask --batch FILE`. */
export async function ask(app: App, call: Call): Promise<void> {
  const batch = text(call, 'batch');
  if (batch !== undefined) {
    await eachLine(batch, call, async (item) => {
      const answer = await app.assistant.ask(toRequest(app, item));
      return item.id === undefined ? answer : { ...answer, id: item.id };
    });
    return;
  }
  const question = call.positional.join(' ');
  if (question.trim() === '') throw new InputError('没有问题', 'wence ask "泉州牵头企业营收要多少？"');
  const answer = await app.assistant.ask(
    toRequest(app, { question, asOf: call.options['as-of'], policy: call.options.policy }),
  );
  if (call.options.json) printJson(call, answer);
  else call.out(`${answer.text}\n`);
}

/** A request from JSON. @throws InputError naming the field and what would be accepted. */
export function toRequest(app: App, item: Record<string, unknown>): AskRequest {
  if (typeof item.question !== 'string')
    throw new InputError('缺少 question，或它不是文字', '{"question": "…"}');
  const request: AskRequest = { question: item.question, asOf: app.desk.asOf(item.asOf) };
  if (item.policy !== undefined && item.policy !== null)
    request.policy = app.desk.policy(item.policy).meta.id;
  if (item.history !== undefined && item.history !== null) {
    const turns = item.history as Turn[];
    const fine =
      Array.isArray(turns) &&
      turns.every(
        (t) =>
          t !== null &&
          typeof t === 'object' &&
          (t.role === 'user' || t.role === 'assistant') &&
          typeof t.text === 'string',
      );
    if (!fine) throw new InputError('history 的形式不对', '[{"role": "user" 或 "assistant", "text": "…"}]');
    request.history = turns;
  }
  return request;
}
