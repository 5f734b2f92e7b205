import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Desk } from './assistant/desk.js';
import { clauseDocs } from './assistant/index-docs.js';
import { OfflineAssistant } from './assistant/offline.js';
import { Kit } from './assistant/turn.js';
import type { Assistant } from './assistant/types.js';
import { loadWorld, type World } from './assistant/world.js';
import { openIndex } from './retrieval/index.js';
import type { Retriever } from './retrieval/types.js';

/** The parts of a running assistant. */
export interface App {
  world: World;
  assistant: Assistant;
  desk: Desk;
  /** Opens the search index (built on first use, kept in the data directory). */
  index(): Promise<Retriever>;
}

export interface AppOptions {
  dataDir: string;
  /** Folder of policy packs; the project's own when absent. */
  knowledgeDir?: string;
  log?: (message: string) => void;
}

/** The project's own knowledge folder, from the compiled or the source tree. */
export const KNOWLEDGE = fileURLToPath(new URL('../knowledge/', import.meta.url));

/** Puts the parts together. The only place that knows all of them. */
export function createApp(options: AppOptions): App {
  const world = loadWorld(options.knowledgeDir ?? KNOWLEDGE);
  let opening: Promise<Retriever> | null = null;
  const index = () => {
    opening ??= openIndex({ dir: join(options.dataDir, 'index'), docs: clauseDocs(world), log: options.log });
    return opening;
  };
  const kit = new Kit(world);
  return { world, assistant: new OfflineAssistant(world, kit), desk: new Desk(world, index, kit), index };
}
