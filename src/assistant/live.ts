import { InputError } from '../errors.js';
import type { Policy } from '../knowledge/index.js';
import { check, readFacts, type Subject, type Verdict, writeFacts } from '../rules/index.js';
import { advance, focusOf, replay } from './conversation.js';
import type { Turn } from './types.js';
import type { World } from './world.js';

/** What a text, after the conversation before it, tells of the asker. */
export interface FactsRead {
  /** All that is established, in the contract's notation. */
  facts: Record<string, unknown>;
  /** Cities in question. */
  policies: string[];
}

/** A panel of facts with what is typed beside it. */
export interface LiveRequest {
  /** Wins over what the words say; null takes a fact away. */
  facts?: Record<string, unknown>;
  text?: string;
  history?: readonly Turn[];
  subject: Subject;
  /** Policy ids; every document that judges the subject when absent. */
  policies?: readonly Policy[];
  asOf: string;
}

export interface LiveVerdicts {
  asOf: string;
  subject: Subject;
  /** What the verdicts stand on. */
  facts: Record<string, unknown>;
  /** What the words alone gave. */
  read: Record<string, unknown>;
  /** Facts that could not be read; the others count. */
  faults: { fact: string; message: string; accepted: string }[];
  verdicts: Verdict[];
}

/** Longest text whose facts are read; the rest of a longer one is left. */
const LONGEST = 2000;

/** Reads facts from words as a question's are read. Nothing is asked or answered. */
export function readFactsFrom(world: World, text: string, history: readonly Turn[], asOf: string): FactsRead {
  const before = replay(world, history, asOf);
  const u = world.reader.read(text.slice(0, LONGEST), before, asOf, focusOf(world));
  const now = advance(before, u, world.language.unknownAnswer);
  return { facts: writeFacts(now.facts, world.vocabulary), policies: [...now.policies] };
}

/** A verdict of every document that judges the subject, on facts given and facts read. One bad fact spoils no other. */
export function liveVerdicts(world: World, request: LiveRequest): LiveVerdicts {
  const { subject, asOf } = request;
  const read =
    request.text || request.history?.length
      ? readFactsFrom(world, request.text ?? '', request.history ?? [], asOf).facts
      : {};
  const faults: LiveVerdicts['faults'] = [];
  const good: Record<string, unknown> = {};
  for (const [fact, value] of Object.entries({ ...read, ...request.facts })) {
    if (value === null || value === undefined) continue;
    try {
      readFacts({ [fact]: value }, world.vocabulary);
      good[fact] = value;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      faults.push({ fact, message: error.message, accepted: error.accepted });
    }
  }
  const facts = readFacts(good, world.vocabulary);
  const verdicts = (request.policies ?? world.rulesOf([])).flatMap((policy) => {
    const criteria = world.criteria.get(policy.meta.id) ?? [];
    if (!criteria.some((c) => c.subject === subject)) return [];
    const status = world.statusOf(policy, asOf);
    const input = { policy: policy.meta.id, subject, asOf, status, facts };
    return check(criteria, world.vocabulary, input);
  });
  return { asOf, subject, facts: writeFacts(facts, world.vocabulary), read, faults, verdicts };
}
