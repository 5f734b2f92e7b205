import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { App } from '../app.js';
import type { InterviewReply, InterviewState } from '../assistant/interviewer.js';
import type { Turn } from '../assistant/types.js';
import { Wording } from '../assistant/wording.js';
import type { Call } from './io.js';

/**
 * `wence chat`: a conversation in the terminal, the guided interview included (“/check”, “评估一下”). What was said before
 * is remembered until the end; the figures told in questions are not asked again by the interview.
 */
export async function chat(app: App, call: Call): Promise<void> {
  const talk = new Talk(app, call);
  const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: talk.prompt });
  call.out(talk.hello);
  lines.prompt();
  for await (const line of lines) {
    const said = line.trim();
    if (said !== '' && !(await talk.hear(said))) break;
    lines.prompt();
  }
  lines.close();
}

/** What is remembered of one conversation: the turns, the facts, and the interview under way. */
class Talk {
  readonly #interviewer;
  readonly #wording: Wording;
  readonly #asOf: string;
  #history: Turn[] = [];
  #facts: Record<string, unknown> = {};
  #interview: InterviewState | null = null;

  constructor(
    private readonly app: App,
    private readonly call: Call,
  ) {
    this.#interviewer = app.interviewer;
    this.#wording = new Wording(join(app.knowledgeDir, 'wording-interview.yaml'));
    this.#asOf = app.desk.asOf(call.options['as-of']);
  }

  get prompt(): string {
    return this.#wording.say('chat.prompt');
  }

  get hello(): string {
    return `${this.#wording.say('chat.hello')}\n`;
  }

  /** @returns false when the user ends the conversation */
  async hear(said: string): Promise<boolean> {
    if (this.#interview !== null) {
      await this.#show(await this.#interviewer.reply(this.#interview, said, this.#asOf));
      return true;
    }
    if (/^[/]?(退出|exit|quit|q)$/i.test(said)) return false;
    if (this.#interviewer.begins(said)) {
      await this.#show(await this.#interviewer.start({ facts: this.#facts, asOf: this.#asOf }));
      return true;
    }
    const answer = await this.app.assistant.ask({
      question: said,
      history: [...this.#history],
      asOf: this.#asOf,
    });
    this.#facts = answer.facts;
    this.#history.push({ role: 'user', text: said }, { role: 'assistant', text: answer.text });
    this.#print(answer.text);
    return true;
  }

  async #show({ state, answer, wants }: InterviewReply): Promise<void> {
    this.#print(answer.text);
    if (answer.suggestions.length > 0) {
      const items = answer.suggestions.map((s) => s.label).join(this.#wording.say('chat.optionJoin'));
      this.call.out(`${this.#wording.say('chat.options', { items })}\n\n`);
    }
    if (wants === 'report' && state !== null) await this.#save(state);
    if (state !== null) this.#facts = state.facts;
    this.#interview = state;
  }

  /** The report, beside where the command was started. */
  async #save(state: InterviewState): Promise<void> {
    const { filename, bytes } = await this.#interviewer.report(state, this.#asOf);
    const path = resolve(filename);
    try {
      writeFileSync(path, bytes);
      this.call.out(`${this.#wording.say('chat.saved', { path })}\n`);
    } catch (error) {
      const reason = (error as Error).message;
      this.call.out(`${this.#wording.say('chat.notSaved', { path, reason })}\n`);
    }
  }

  #print(text: string): void {
    this.call.out(`\n${this.#wording.say('chat.answer', { text })}\n\n`);
  }
}
