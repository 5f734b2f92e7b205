import type { Dialect } from 'kysely';
import type { ErrorReader } from './errors.js';
import type { Engine } from './schema.js';

/** What differs between the engines; everything else is the same queries. */
export interface Opened extends ErrorReader {
  engine: Engine;
  dialect: Dialect;
  /** Whether the same transaction, tried again, may succeed at once (a deadlock, a serialisation failure). */
  passing(error: unknown): boolean;
  /** @throws StoreError where what is written would be lost, because the file was taken away meanwhile. */
  present(): void;
  /** After personal data was deleted: makes sure that its bytes are gone, as far as the engine can. */
  scrub(): void;
  /** After the connections have ended. */
  release(): void;
}
