/** The stand-in of the Telegram benchmark, in a process of its own so that its work is not counted as the bot's. */
import { BotApi, type Call } from '../../tests/support/bot-api.js';

interface Order {
  kind: 'hello' | 'measure';
  questions: string[];
  how: 'flood' | 'chats';
  chats: number;
}

const api = await new BotApi().start();
/** Chats of an earlier measurement are not used again: an answer that comes late must not be counted twice. */
let firstChat = 1;

process.on('message', async (order: Order) => {
  if (order.kind === 'hello') process.send!({ root: api.root, token: api.token });
  else process.send!(await measure(order));
});

async function measure({ questions, how, chats }: Order) {
  const times: number[] = [];
  const asked = new Map<number, { at: number; left: string[] }>();
  const base = firstChat;
  firstChat += how === 'flood' ? questions.length : chats;
  const began = performance.now();
  const ask = (chat: number, text: string, left: string[]) => {
    asked.set(chat, { at: performance.now(), left });
    api.say(text, { id: chat, type: 'private', first_name: 'P' });
  };
  await new Promise<void>((resolve) => {
    let open = questions.length;
    api.onCall = (call: Call) => {
      if (call.method !== 'sendMessage') return;
      const chat = Number(call.payload.chat_id);
      const question = asked.get(chat);
      // The first message of an answer counts; a second one of a long answer does not.
      if (!question) return;
      asked.delete(chat);
      times.push(performance.now() - question.at);
      if (--open === 0) return resolve();
      const [next, ...rest] = question.left;
      if (next !== undefined) setImmediate(() => ask(chat, next, rest));
    };
    // All at once from as many people, or each of `chats` people one question after the other.
    if (how === 'flood') for (const [i, text] of questions.entries()) ask(base + i, text, []);
    else {
      for (let i = 0; i < chats; i++) {
        const [first, ...rest] = questions.filter((_, n) => n % chats === i);
        if (first !== undefined) ask(base + i, first, rest);
      }
    }
  });
  const seconds = (performance.now() - began) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number) => Math.round(10 * (times[Math.floor(times.length * share)] ?? 0)) / 10;
  api.calls.length = 0;
  return { perSecond: Math.round(questions.length / seconds), p50Ms: at(0.5), p95Ms: at(0.95) };
}
