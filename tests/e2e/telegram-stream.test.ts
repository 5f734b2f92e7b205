import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerWith } from '../support/desk.js';
import { gate } from '../support/gate.js';
import { group, mention, mentioned, Stage } from '../support/telegram.js';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

/** An assistant that says these sentences one by one, each when the test lets it, and then answers. */
function streaming(sentences: string[]) {
  const gates = [...sentences, 'end'].map(() => gate());
  stage.desk.assistant.ask = async (request, options) => {
    for (const [i, sentence] of sentences.entries()) {
      await gates[i]!.opened;
      options?.onSentence?.(sentence);
    }
    await gates.at(-1)!.opened;
    return answerWith([{ kind: 'lead', text: sentences.join(''), cites: [1] }], {
      question: request.question,
    });
  };
  return gates;
}

describe('an answer that a model is still writing', () => {
  it('grows in one message by edits, and the finished answer takes its place', async () => {
    const gates = streaming(['第一句。', '第二句<。', '第三句。']);
    stage.begin();
    stage.api.say('问');
    gates[0]!.open();
    const [first] = await stage.api.untilSent(1);
    expect(first!.text).toBe('第一句。 …');
    gates[1]!.open();
    const [edit] = await stage.api.untilSent(1, 'editMessageText');
    expect(edit!.text).toBe('第一句。第二句<。 …');
    gates[2]!.open();
    gates[3]!.open();
    await stage.api.until(() =>
      stage.api.sent('editMessageText').some((call) => call.text!.includes('依据')),
    );
    const edits = stage.api.sent('editMessageText');
    expect(edits.at(-1)!.text).toMatch(/^第一句。第二句<。第三句。〔1〕/);
    expect(edits.at(-1)!.payload.message_id).toBe(first!.messageId);
    expect(stage.api.sent()).toHaveLength(1);
  });

  it('is sent whole where nothing could be shown before, and where the edits fail', async () => {
    const gates = streaming(['一句。']);
    stage.api.fail('sendMessage', { code: 500 });
    stage.begin();
    stage.api.say('问');
    for (const each of gates) each.open();
    const [sent] = await stage.api.untilSent(1);
    expect(sent!.text).toContain('依据');
  });

  it('is sent anew when the message was deleted meanwhile', async () => {
    const gates = streaming(['一句。']);
    stage.begin();
    stage.api.say('问');
    gates[0]!.open();
    await stage.api.untilSent(1);
    stage.api.fail('editMessageText', { code: 400, description: 'Bad Request: message to edit not found' });
    gates[1]!.open();
    expect((await stage.api.untilSent(2))[1]!.text).toContain('依据');
  });

  it('is broken off by the next question of the person, answered without the model, and remembered', async () => {
    const asked: string[] = [];
    const histories: string[][] = [];
    stage.desk.assistant.ask = async (request, options) => {
      asked.push(request.question);
      histories.push((request.history ?? []).map(({ text }) => text));
      if (request.question === '慢的问题') {
        options?.onSentence?.('模型的第一句。');
        await new Promise((resolve) => options!.signal!.addEventListener('abort', resolve));
      }
      return answerWith([{ kind: 'lead', text: `离线答：${request.question}`, cites: [] }], {
        citations: [],
      });
    };
    stage.begin();
    stage.api.say('慢的问题');
    await stage.api.untilSent(1);
    // A command that asks nothing waits for the answer; so does what others say.
    stage.api.say('在吗', { id: 78, type: 'private' });
    await stage.api.untilSent(2);
    expect(asked).toEqual(['慢的问题', '在吗']);
    stage.api.say('新问题');
    await stage.api.untilSent(3);
    const edits = stage.api.sent('editMessageText').map((call) => call.text);
    expect(edits.at(-1)).toContain('离线答：慢的问题');
    expect(stage.api.transcript().at(-1)).toContain('离线答：新问题');
    expect(histories.at(-1)).toEqual(['慢的问题', '离线答：慢的问题']);
  });

  it('is not broken off by a command that asks nothing', async () => {
    const gates = streaming(['一句。']);
    stage.begin();
    stage.api.say('问');
    gates[0]!.open();
    await stage.api.untilSent(1);
    stage.api.say('/status');
    await stage.api.until(() => stage.api.unconfirmed().length === 0);
    gates[1]!.open();
    await stage.api.untilSent(2);
    expect(stage.api.sent('editMessageText').at(-1)!.text).toContain('依据');
  });

  it('is not shown unfinished in a group', async () => {
    const gates = streaming(['一句。']);
    stage.begin();
    stage.api.say(`${mention} 问`, group, mentioned(mention));
    for (const each of gates) each.open();
    const [sent] = await stage.api.untilSent(1);
    expect(sent!.text).toContain('依据');
    expect(stage.api.sent('editMessageText')).toEqual([]);
  });
});
