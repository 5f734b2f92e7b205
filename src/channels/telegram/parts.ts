import type { Answer } from '../../assistant/types.js';
import type { Language, Say } from '../locale.js';
import type { Logger } from '../log.js';
import type { Desk } from '../types.js';
import type { City } from './cities.js';
import type { Memory } from './memory.js';
import type { UnderWay } from './overtaking.js';

/** Counts what happened, for /metrics. */
export interface Observer {
  answered(channel: string, answer: Answer): void;
  failed(channel: string): void;
}

/** What the conversation is made of. */
export interface Parts {
  desk: Desk;
  /** Cities with a document that sets rules. */
  cities: readonly City[];
  memory: Memory;
  say: Record<Language, Say>;
  log: Logger;
  observer: Observer | null;
  underWay: UnderWay;
  /** How many messages a person may send in a chat in a stretch of time; null: any number. */
  flood: { most: number; inMs: number } | null;
  /** Days for which a chat is kept. */
  retentionDays: number;
  /** Aborted when the bot stops and will not wait any longer. */
  stopping: AbortSignal;
}
