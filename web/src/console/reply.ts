import type { Answer } from '../api/types.js';
import type { Say } from '../say.js';

/** An answer as plain text to paste into a reply: what a chat user reads, its sources, the day, and where to look it up again. */
export function plainReply(answer: Answer, say: Say, origin: string): string {
  return [
    answer.text.trim(),
    '',
    say('reply.day', { day: answer.asOf }),
    say('reply.link', { link: `${origin}/answers/${encodeURIComponent(answer.id)}` }),
  ].join('\n');
}

/** The name of the file that an answer is sent as: the question's beginning, without what file systems refuse. */
export function replyFileName(answer: Answer, say: Say): string {
  const words = answer.question
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, '')
    .trim()
    .slice(0, 24);
  return `${say('reply.file')}-${answer.asOf}-${words || answer.id.slice(0, 8)}.txt`;
}
