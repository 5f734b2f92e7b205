import { join } from 'node:path';
import { advance, focusOf } from '../../src/assistant/conversation.js';
import { loadWorld } from '../../src/assistant/world.js';
import { type FactValue, readFacts, writeFact } from '../../src/rules/index.js';
import { type Conversation, emptyConversation, type Understanding } from '../../src/understanding/index.js';

export const world = loadWorld(join(import.meta.dirname, '../../knowledge'));
const focus = focusOf(world);
export const AS_OF = '2026-11-21';

export interface Before {
  /** Facts remembered, in the notation of the contract. */
  facts?: Record<string, unknown>;
  pending?: string;
  policies?: string[];
  lastTopics?: string[];
}

/** A question read by the real reader over the real data. */
export function read(question: string, before: Before = {}, asOf = AS_OF): Understanding {
  const conversation: Conversation = {
    ...emptyConversation(),
    facts: readFacts(full(before.facts ?? {}), world.vocabulary),
    pending: before.pending ? id(before.pending) : null,
    policies: before.policies ?? [],
    lastTopics: (before.lastTopics ?? []).map(id),
  };
  return world.reader.read(question, conversation, asOf, focus);
}

/** The facts a question states, in the contract's notation, ids of the lead without their prefix. */
export function factsOf(u: Understanding): Record<string, unknown> {
  const facts: ReadonlyMap<string, FactValue> = advance(
    emptyConversation(),
    u,
    world.language.unknownAnswer,
  ).facts;
  const out: Record<string, unknown> = {};
  for (const [key, value] of facts)
    out[key.replace(/^lead\./, '')] = writeFact(world.vocabulary.get(key)!, value);
  return out;
}

/** lead. is left out in the tables. */
export const id = (key: string): string => (key.includes('.') ? key : `lead.${key}`);
export const full = (facts: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(facts).map(([k, v]) => [id(k), v]));
