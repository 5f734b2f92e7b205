import type { Api } from 'grammy';
import type { BotCommandScope } from 'grammy/types';
import { offered } from '../../assistant/offered.js';
import { LANGUAGES, type Say } from '../locale.js';
import type { Ctx } from './context.js';
import type { Parts } from './parts.js';
import { toPrivate } from './private.js';
import { trimmed } from './replying.js';
import { sourceChoices, sourcesText, statusText } from './sources.js';
import { sendReport, startInterview } from './steps.js';
import { ask } from './talk.js';
import type { Choice } from './work.js';

type Command = (ctx: Ctx, parts: Parts, words: string) => unknown;

/** The commands in the order of Telegram's menu; their descriptions are texts of the locale. */
export const COMMANDS: Record<string, Command> = {
  start,
  ask: (ctx, parts, words) => ask(ctx, parts, words),
  check: (ctx, parts, words) => startInterview(ctx, parts, words),
  compare,
  sources: ({ work }, { desk }) => {
    work.notice(sourcesText(desk, work.say), {
      buttons: { purpose: 'sources', choices: sourceChoices(desk, work.say), perRow: 1 },
    });
  },
  status,
  history,
  report: (ctx) => sendReport(ctx),
  city,
  forget: ({ work }) => {
    const choices = ['yes', 'no'].map((send) => ({ label: work.say(`telegram.forget.${send}`), send }));
    work.notice(work.say('telegram.forget.ask'), { buttons: { purpose: 'forget', choices } });
  },
  help: (ctx) => ctx.work.notice(ctx.work.say('telegram.help', { bot: ctx.me.username })),
};

/** Commands whose answers show what a person told: not for a group to read. */
const PRIVATE = new Set(['check', 'history', 'report', 'city']);

/** Runs a command; in a group one that would show private facts points to the private chat instead. */
export function runCommand(name: string, ctx: Ctx, parts: Parts, words: string): unknown {
  if (!ctx.work.place.alone && PRIVATE.has(name)) return toPrivate(ctx, name);
  return COMMANDS[name]!(ctx, parts, trimmed(words));
}

/** Tells Telegram the commands: for private chats and groups, in each language; Chinese where the language is another. */
export async function publishCommands(api: Api, says: Parts['say'], signal: AbortSignal): Promise<void> {
  const names = Object.keys(COMMANDS);
  const list = (say: Say, scope: BotCommandScope['type']) =>
    names
      .filter((name) => scope !== 'all_group_chats' || !PRIVATE.has(name))
      .map((command) => ({ command, description: say(`telegram.commands.${command}`) }));
  const scopes = ['default', 'all_private_chats', 'all_group_chats'] as const;
  for (const type of scopes) {
    for (const language of LANGUAGES) {
      const language_code = language === LANGUAGES[0] ? undefined : language;
      await api.setMyCommands(
        list(says[language], type),
        { scope: { type }, language_code },
        signal as Parameters<Api['getMe']>[0],
      );
    }
  }
}

/** `/start check` comes from the link that a group shows, `/start xiamen` from a page about a city. */
function start(ctx: Ctx, parts: Parts, words: string): unknown {
  if (PRIVATE.has(words)) return COMMANDS[words]!(ctx, parts, '');
  if (ctx.work.place.alone && parts.cities.some(({ id }) => id === words)) setCity(ctx, parts, words);
  return ctx.work.notice(ctx.work.say('telegram.start'));
}

/** `/compare` alone offers matters to be compared; with words it asks for them. */
function compare(ctx: Ctx, parts: Parts, words: string): unknown {
  const { work } = ctx;
  const cities = offered(parts.cities)
    .map(({ name }) => name)
    .join(LIST);
  const question = (topic: string) => work.say('telegram.compare.question', { cities, topic });
  // A comparison is of all cities, whichever the chat was about.
  if (words !== '') return ask(ctx, parts, question(words), { upTo: 0 });
  const topics = ['revenue', 'research', 'members', 'platform', 'reward', 'expiry'];
  const choices = topics.map((topic) => ({
    label: work.say(`telegram.compare.topics.${topic}.label`),
    send: question(work.say(`telegram.compare.topics.${topic}.ask`)),
  }));
  return work.notice(work.say('telegram.compare.choose'), { buttons: { purpose: 'compare', choices } });
}

/** Which documents are in force today, and (to the person alone) what is kept and under way. */
function status(ctx: Ctx, parts: Parts, words: string): unknown {
  const { work } = ctx;
  if (words !== '') return ask(ctx, parts, work.say('telegram.statusQuestion', { document: words }));
  const { say, state } = work;
  const documents = statusText(parts.desk, say);
  if (!work.place.alone) return work.notice(documents);
  const cityName = parts.cities.find(({ id }) => id === state.city)?.name;
  const { progress } = state;
  const checking =
    state.interview && progress && progress.canMatter === 0
      ? say('telegram.statusChecked')
      : state.interview && progress
        ? say('telegram.statusChecking', { answered: progress.answered, left: progress.canMatter })
        : say(state.interview ? 'telegram.statusBegun' : 'telegram.statusNotChecking');
  const asked = asksOf(ctx).length;
  const mine = [
    say('telegram.statusMine'),
    cityName ? say('telegram.statusCity', { city: cityName }) : say('telegram.statusNoCity'),
    checking,
    ...(asked > 0 ? [say('telegram.statusAsked', { count: asked })] : []),
  ];
  return work.notice(`${documents}\n\n${mine.join('\n')}`);
}

/** As questions list cities, in any language of the person. */
const LIST = '、';

const HISTORY_SHOWN = 10;
const QUESTION_SHOWN = 60;

const asksOf = ({ work }: Ctx) => work.state.exchanges.filter((exchange) => !exchange.step);

function history(ctx: Ctx): void {
  const { work } = ctx;
  const asked = asksOf(ctx).slice(-HISTORY_SHOWN);
  if (asked.length === 0) {
    work.notice(work.say('telegram.history.none'));
    return;
  }
  const lines = asked.map(({ question }, i) => {
    const short = question.replace(/\s+/g, ' ');
    return work.say('telegram.history.line', {
      n: i + 1,
      question: short.length > QUESTION_SHOWN ? `${short.slice(0, QUESTION_SHOWN)}…` : short,
    });
  });
  const choices = asked.map(({ id }, i): Choice => ({ label: String(i + 1), send: id }));
  work.notice([work.say('telegram.history.head'), ...lines].join('\n'), {
    buttons: { purpose: 'history', choices, perRow: 5 },
  });
}

/** `/city 厦门` remembers it, `/city` alone offers the cities. */
function city(ctx: Ctx, parts: Parts, words: string): unknown {
  const { work } = ctx;
  const { cities } = parts;
  if (words !== '') {
    const named = cities.find(({ id, name }) => words === id || words.startsWith(name));
    if (named) return setCity(ctx, parts, named.id);
    const list = offered(cities)
      .map(({ name }) => name)
      .join(work.say('problem.list'));
    return work.notice(work.say('telegram.city.unknown', { city: words.slice(0, 30), cities: list }));
  }
  const now = cities.find(({ id }) => id === work.state.city);
  const choices = [
    ...offered(cities).map(({ id, name }) => ({ label: name, send: id })),
    { label: work.say('telegram.city.none'), send: '' },
  ];
  return work.notice(
    now ? work.say('telegram.city.chooseNow', { city: now.name }) : work.say('telegram.city.choose'),
    { buttons: { purpose: 'city', choices } },
  );
}

/** Remembers a city; the empty id none. */
export function setCity({ work }: Ctx, { cities }: Parts, id: string): void {
  const known = cities.find((each) => each.id === id);
  work.state = { ...work.state, city: known?.id ?? null, citySet: work.state.count };
  work.notice(
    known ? work.say('telegram.city.set', { city: known.name }) : work.say('telegram.city.cleared'),
  );
}
