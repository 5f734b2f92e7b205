import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Base } from './base.js';
import type { Rates } from './types.js';

export function rates(base: Base): Rates {
  return {
    hit: (key, windowMs) =>
      base.run(async (db) => {
        const now = base.now().getTime();
        const ended = sql<boolean>`rates.until <= ${now} or rates.until > ${now + 2 * windowMs}`;
        // One statement: of any number of processes at once, each hit counts. An end far off is of a clock that was
        // wrong; one that is off by less is another process's.
        const row = await db
          .insertInto('rates')
          .values({
            key: createHash('sha256').update(key).digest('base64url'),
            hits: 1,
            until: now + windowMs,
          })
          .onConflict((on) =>
            on.column('key').doUpdateSet({
              hits: sql<number>`case when ${ended} then 1 else rates.hits + 1 end`,
              until: sql<number>`case when ${ended} then excluded.until else rates.until end`,
            }),
          )
          .returning(['hits', 'until'])
          .executeTakeFirstOrThrow();
        return { hits: row.hits, endsInMs: row.until - now };
      }),
  };
}
