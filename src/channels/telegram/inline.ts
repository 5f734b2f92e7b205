import type { Context } from 'grammy';
import type { InlineQueryResult } from 'grammy/types';
import type { Say } from '../locale.js';
import { renderNotice } from '../render.js';
import type { ClauseHit, PolicyView } from '../types.js';
import type { Parts } from './parts.js';
import { describe, documents, today } from './sources.js';

const CARDS = 10;
const CACHE_SECONDS = 60;
const DESCRIPTION_LENGTH = 120;
/** Telegram takes no longer ones. */
const QUERY_LENGTH = 256;

/** Clauses for words, as cards that can be dropped into any chat: each a complete quotation with its document and status. */
export async function onInlineQuery(ctx: Context, { desk, log }: Parts, say: Say): Promise<void> {
  const query = ctx.inlineQuery!.query.trim().slice(0, QUERY_LENGTH);
  const policies = new Map(desk.policies().map((policy) => [policy.id, policy]));
  const asOf = today();
  let hits: ClauseHit[] = [];
  try {
    if (query !== '') hits = (await desk.search(query, CARDS)).hits;
  } catch (error) {
    log.error({ err: error }, 'Telegram: an inline search failed');
  }
  const found = hits.flatMap((hit) => {
    const policy = policies.get(hit.policy);
    return policy ? (card(desk, policy, hit, asOf, say) ?? []) : [];
  });
  // Before anything was typed: what there is.
  const results = query === '' ? documents(desk).map((policy) => documentCard(policy, asOf, say)) : found;
  await ctx
    .answerInlineQuery(results, {
      cache_time: CACHE_SECONDS,
      button: {
        text: say(
          query === ''
            ? 'telegram.inline.empty'
            : results.length === 0
              ? 'telegram.inline.none'
              : 'telegram.inline.open',
        ),
        start_parameter: 'inline',
      },
    })
    // An answer that comes too late is refused; the person has typed on.
    .catch(() => undefined);
}

/** A document with its number, dates and status. */
function documentCard(policy: PolicyView, asOf: string, say: Say): InlineQueryResult {
  const { id, title, docNumber } = policy;
  const [{ html } = { html: '' }] = renderNotice(
    `${describe(policy, say)}${say('telegram.inline.day', { date: asOf })}`,
  );
  return {
    type: 'article',
    id: `document/${id}`.slice(-64),
    title,
    description: [docNumber, say(`telegram.status.${policy.status}`)].filter(Boolean).join(' · '),
    input_message_content: {
      message_text: html,
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
    },
  };
}

function card(
  desk: Parts['desk'],
  policy: PolicyView,
  hit: ClauseHit,
  asOf: string,
  say: Say,
): InlineQueryResult | null {
  const { title, docNumber } = policy;
  const { clause } = hit;
  const number = docNumber === null ? '' : say('telegram.inline.number', { number: docNumber });
  const status = say('telegram.inline.status', {
    status: say(`telegram.status.${policy.status}`),
    date: asOf,
  });
  const write = (text: string, partly: boolean) =>
    renderNotice(
      [
        say('telegram.inline.card', { title, number, clause }),
        text,
        ...(partly ? [say('telegram.inline.partly', { title, clause })] : []),
        status,
      ].join('\n\n'),
    );
  // With what stands under it where that fits into one message, else its own words alone.
  const whole = write(desk.clause(policy.id, clause).text, false);
  const own = whole.length === 1 ? whole : write(hit.text, true);
  if (own.length !== 1) return null;
  return {
    type: 'article',
    id: `${hit.policy}/${hit.start}`.slice(-64),
    title: say('telegram.inline.title', { document: docNumber ?? title, clause }),
    description: hit.text.replace(/\s+/g, ' ').slice(0, DESCRIPTION_LENGTH),
    input_message_content: {
      message_text: own[0]!.html,
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
    },
  };
}
