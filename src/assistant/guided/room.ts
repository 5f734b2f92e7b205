import type { Policy } from '../../knowledge/index.js';
import type { FactSpec } from '../../rules/index.js';
import { statusFirst } from '../compose/status.js';
import type { Block } from '../types.js';
import type { World } from '../world.js';
import type { Texts } from './texts.js';
import { nameOf, showWritten } from './values.js';

/** What every part of the interview's answers is composed with. */
export interface Room {
  world: World;
  texts: Texts;
}

export const policyOf = (room: Room, id: string): Policy => room.world.library.policy(id)!;
export const specOf = (room: Room, id: string): FactSpec => room.world.vocabulary.get(id)!;
export const para = (text: string, cites: number[] = []): Block => ({ kind: 'para', text, cites });
export const note = (text: string, cites: number[] = [], more = false): Block =>
  more ? { kind: 'note', text, cites, more } : { kind: 'note', text, cites };

export const listed = (room: Room, items: readonly string[]): string =>
  items.join(room.world.wording.say('say.listJoin'));

/** 上年度主营业务收入 1.8亿元, for each fact told. */
export function toldItems(room: Room, facts: Record<string, unknown>): string[] {
  return Object.entries(facts).map(([id, value]) =>
    room.texts.say('say.tookItem', { label: nameOf(specOf(room, id)), value: shownValue(room, id, value) }),
  );
}

export const shownValue = (room: Room, id: string, written: unknown): string =>
  showWritten(room.world.vocabulary, id, written, room.world.wording);

/** What is owed to be said first of documents that are not in force, each once. */
export function statusNotes(room: Room, policies: readonly string[], asOf: string): Block[] {
  return policies.flatMap((id) => {
    const text = statusFirst(room.world, policyOf(room, id), asOf);
    return text ? [note(text)] : [];
  });
}
