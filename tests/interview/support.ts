import { join } from 'node:path';
import { KNOWLEDGE } from '../../src/app.js';
import { loadWorld } from '../../src/assistant/world.js';
import { Interview, loadWords } from '../../src/interview/index.js';

export const AS_OF = '2026-11-21';
export const world = loadWorld(KNOWLEDGE);
export const words = loadWords(join(KNOWLEDGE, 'wording-interview.yaml'));
export const interview = new Interview({ ...world, words });
