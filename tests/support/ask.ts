import { KNOWLEDGE } from '../../src/app.js';
import { OfflineAssistant } from '../../src/assistant/offline.js';
import type { Answer, Turn } from '../../src/assistant/types.js';
import { loadWorld } from '../../src/assistant/world.js';

const assistant = new OfflineAssistant(loadWorld(KNOWLEDGE));

/** The answer of the assistant without a model on the day the tests are set on, after what a user said before. */
export const ask = (question: string, history: readonly string[] = []): Promise<Answer> =>
  assistant.ask({
    question,
    asOf: '2026-11-21',
    history: history.map((text): Turn => ({ role: 'user', text })),
  });
