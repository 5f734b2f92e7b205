/**
 * A process that builds the index in PostgreSQL until it is done or killed. Its one argument is JSON `{ connection, schema, clauses }`.
 * Prints `step done total` as the build goes on, `written n` at its end.
 */
import { writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { openPostgresIndex } from '../../src/retrieval/postgres.js';
import { manyDocs } from './docs.js';

const { clauses, ...place } = JSON.parse(process.argv[2]!) as {
  connection: string;
  schema: string;
  clauses: number;
};
const say = (line: string) => writeSync(1, `${line}\n`);

const index = await openPostgresIndex({
  ...place,
  dir: tmpdir(),
  docs: manyDocs(clauses),
  onProgress: (...progress) => say(progress.join(' ')),
});
say(`written ${index.current!.written}`);
await index.close();
