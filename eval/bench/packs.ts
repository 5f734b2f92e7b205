import { join } from 'node:path';
import { type Library, loadLibrary } from '../../src/knowledge/index.js';
import { type Criterion, loadCriteria, loadVocabulary, type Vocabulary } from '../../src/rules/index.js';

/** The project's own knowledge folder. */
export const KNOWLEDGE = join(import.meta.dirname, '../../knowledge');

/** What rules need and nothing more: documents, vocabulary, criteria by policy. */
export interface Packs {
  library: Library;
  vocabulary: Vocabulary;
  criteria: ReadonlyMap<string, readonly Criterion[]>;
}

/** Loads the rules of every policy without the rooms above them. */
export function loadPacks(dir = KNOWLEDGE): Packs {
  const library = loadLibrary(dir);
  const vocabulary = loadVocabulary(join(dir, 'facts.yaml'));
  const criteria = new Map(
    library.policies.map((p) => [p.meta.id, loadCriteria(join(dir, p.meta.id, 'rules.yaml'), p, vocabulary)]),
  );
  return { library, vocabulary, criteria };
}
