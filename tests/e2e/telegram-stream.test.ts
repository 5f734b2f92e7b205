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
