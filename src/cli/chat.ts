import { createInterface } from 'node:readline';
import type { App } from '../app.js';
import type { Turn } from '../assistant/types.js';
import type { Call } from './io.js';

/** `wence chat`: a conversation in the terminal; what was said before is remembered until the end. */
export async function chat(app: App, call: Call): Promise<void> {
  const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: '你：' });
  const history: Turn[] = [];
  call.out('问策：请说城市和想问的事；“退出”结束。\n');
  lines.prompt();
  for await (const line of lines) {
    const question = line.trim();
    if (/^(退出|exit|quit|q)$/i.test(question)) break;
    if (question !== '') {
      const answer = await app.assistant.ask({
        question,
        history: [...history],
        asOf: app.desk.asOf(call.options['as-of']),
      });
      call.out(`\n${answer.text}\n\n`);
      history.push({ role: 'user', text: question }, { role: 'assistant', text: answer.text });
    }
    lines.prompt();
  }
  lines.close();
}
