import type { Ctx } from './context.js';

/** Points from a group to the private chat, where a command goes on that would show what a person told. */
export function toPrivate({ work, me }: Ctx, command: string): void {
  const url = `https://t.me/${me.username}?start=${command}`;
  const links = [[{ text: work.say('telegram.commandsIn.open'), url }]];
  work.notice(work.say('telegram.commandsIn.private', { command }), { links });
}
