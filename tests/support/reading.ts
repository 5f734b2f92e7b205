/** A process that answers questions, so that one it never answers is told from the outside (tests/understanding/any-words). */
import { createApp } from '../../src/app.js';

const { assistant } = createApp({ dataDir: process.argv[2]! });
process.on('message', async (question: string) => {
  const { text } = await assistant.ask({ question, asOf: '2026-11-21' });
  process.send!(text);
});
process.send!('ready');
