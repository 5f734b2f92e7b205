/** How far a build of the index is: `done` of `total` clauses of a step. Called at least at its beginning and end. */
export type Progress = (step: 'clauses' | 'terms' | 'embeddings', done: number, total: number) => void;

/** A bar on one line of a terminal; nothing where the stream is not one, and nothing for what is over in a moment. */
export function progressBar(stream: NodeJS.WriteStream = process.stderr, least = 200): Progress | undefined {
  if (!stream.isTTY) return undefined;
  let drawn = '';
  return (step, done, total) => {
    if (total < least) return;
    const share = total === 0 ? 1 : Math.min(1, done / total);
    const full = Math.round(share * 30);
    const line = `${step.padEnd(10)} [${'█'.repeat(full)}${'·'.repeat(30 - full)}] ${done}/${total}`;
    if (line === drawn) return;
    drawn = line;
    stream.write(`\r\u001b[K${line}${done >= total ? '\n' : ''}`);
  };
}
