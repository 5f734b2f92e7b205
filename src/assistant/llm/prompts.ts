import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../../errors.js';

/** What a model is told. The instructions are the same for every question, so that an endpoint can keep them. */
export interface Prompts {
  instructions: string;
  turn(question: string, evidence: string, figures: string): string;
}

/** @param dir the folder prompts/ @throws DataError for a file without its head of `---` */
export function loadPrompts(dir: string): Prompts {
  const body = (name: string): string => {
    const file = join(dir, name);
    const m = /^---\n[\s\S]*?\n---\n([\s\S]+)$/.exec(readFileSync(file, 'utf8'));
    if (!m) throw new DataError(file, 1, 'a prompt begins with a head between two lines of ---');
    return m[1]!.trim();
  };
  const turn = body('turn.md');
  return {
    instructions: body('answer.md'),
    turn: (question, evidence, figures) => {
      const parts: Record<string, string> = { question, evidence, figures };
      return turn.replace(/\{(question|evidence|figures)\}/g, (_, name: string) => parts[name]!);
    },
  };
}
