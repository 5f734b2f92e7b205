import type { InterviewReply } from '../../assistant/interviewer.js';
import { InputError } from '../../errors.js';
import { languageOf } from '../locale.js';
import type { Ctx } from './context.js';
import type { Parts } from './parts.js';
import { readable, tellFault, typing } from './replying.js';

/** Begins a guided interview with what is known of the chat; `words` are taken as its first message. */
export async function startInterview(ctx: Ctx, parts: Parts, words = ''): Promise<void> {
  const { work } = ctx;
  const done = typing(ctx);
  try {
    const { city, interview } = work.state;
    const facts = { ...work.state.facts, ...interview?.facts };
    const policies = parts.desk
      .policies()
      .filter((policy) => policy.city === city && policy.status !== 'informational')
      .map((policy) => policy.id);
    let reply = await parts.desk.interviewer!.start({
      ...(policies.length > 0 ? { policies } : {}),
      ...(Object.keys(facts).length > 0 ? { facts } : {}),
      ...readingOf(ctx),
    });
    if (words !== '' && reply.state)
      reply = await parts.desk.interviewer!.reply(reply.state, words, undefined, {
        ...readingOf(ctx),
      });
    showStep(ctx, parts, words, reply);
  } catch (error) {
    tellFault(ctx, parts, error);
  } finally {
    done();
  }
}

/** Who reads English is told in English too. */
const readingOf = (ctx: Ctx): { language?: 'en' } =>
  languageOf(ctx.from?.language_code) === 'en' ? { language: 'en' } : {};

/** One answer in the interview, from a button or in free words. */
export async function answerStep(ctx: Ctx, parts: Parts, text: string, edited = false): Promise<void> {
  const { work } = ctx;
  if (!readable(ctx, text)) return;
  const done = typing(ctx);
  const state = edited ? work.state.before : work.state.interview;
  const { signal, end } = parts.underWay.begin(work);
  try {
    const reply = await parts.desk.interviewer!.reply(state!, text, undefined, {
      signal: AbortSignal.any([parts.stopping, signal]),
      ...readingOf(ctx),
    });
    work.state = { ...work.state, before: state };
    showStep(ctx, parts, text, reply, edited);
  } catch (error) {
    // A state that cannot be read any more: the person starts anew instead of being stuck.
    if (error instanceof InputError)
      work.state = { ...work.state, interview: null, before: null, progress: null };
    tellFault(ctx, parts, error);
  } finally {
    end();
    done();
  }
}

function showStep(ctx: Ctx, parts: Parts, said: string, reply: InterviewReply, replyTo = false): void {
  const { work } = ctx;
  const { answer, state, progress, trace = null } = reply;
  work.state = { ...work.state, interview: state, progress };
  work.answer({ question: said, asOf: answer.asOf }, answer, trace, {
    step: true,
    message: work.place.message,
    ...(replyTo ? { reply: true } : {}),
    buttons: { purpose: state ? 'interview' : 'ask', choices: answer.suggestions },
  });
  // Who leaves is told that nothing is kept of it.
  if (state === null) {
    const exchanges = work.state.exchanges.filter(({ step }) => !step);
    work.state = { ...work.state, before: null, exchanges };
  }
  parts.observer?.answered('telegram', answer);
  if (reply.wants === 'report') sendReport(ctx);
}

/** Puts the report of the interview, as far as it is, among what is to be sent. */
export function sendReport(ctx: Ctx): unknown {
  const { work } = ctx;
  const state = work.state.interview;
  if (!state) return work.notice(work.say('telegram.report.none'));
  if (state.subject === null || state.policies.length === 0)
    return work.notice(work.say('telegram.report.early'));
  return work.file({
    kind: 'report',
    chat: work.place.chat,
    state,
    caption: work.say('telegram.report.caption'),
    failed: work.say('telegram.report.failed'),
  });
}
