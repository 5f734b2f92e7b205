import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Desk } from './assistant/desk.js';
import { clauseDocs } from './assistant/index-docs.js';
import { createInterviewer } from './assistant/interviewer.js';
import { OfflineAssistant } from './assistant/offline.js';
import type { Assistant } from './assistant/types.js';
import { Views } from './assistant/views.js';
import { loadWorld, type World } from './assistant/world.js';
import type { TokenCount } from './model/budget.js';
import type { HealthView } from './model/health.js';
import { type OpenIndexOptions, openIndex, progressBar } from './retrieval/index.js';
import type { Retriever } from './retrieval/types.js';

/** The parts of a running assistant. */
export interface App {
  world: World;
  /** The folder it was loaded from. */
  knowledgeDir: string;
  assistant: Assistant;
  desk: Desk;
  /** The guided interview over the same world. Made on first use; @throws DataError when its words are faulty */
  readonly interviewer: ReturnType<typeof createInterviewer>;
  /** Of the language model, once it was asked; null before. Absent: none is configured. */
  modelHealth?: () => HealthView | null;
  /** From now on the model's tokens of a day are counted there, with those of other processes. Absent: no model is configured. */
  countTokensIn?: (count: TokenCount) => void;
  /** Opens the search index (built on first use, kept in the data directory). */
  index(): Promise<Retriever>;
}

export interface AppOptions {
  dataDir: string;
  /** Folder of policy packs; the project's own when absent. */
  knowledgeDir?: string;
  log?: (message: string) => void;
  /** An OpenAI-compatible endpoint; without it answers are offline. Its libraries load with the first question. */
  model?: { apiKey: string; baseUrl: string | null; model: string };
  /** An embedding model of such an endpoint, for the search of clauses. */
  embedding?: { apiKey: string; baseUrl: string | null; model: string };
  /** How often an embedding model that does not answer is looked for (60,000 milliseconds). */
  embeddingRetryMs?: number;
  /** postgres://…: the search index is there; the embedded one answers while it cannot. */
  databaseUrl?: string;
}

/** What a model is told, from the compiled or the source tree. */
export const PROMPTS = fileURLToPath(new URL('../prompts/', import.meta.url));

/** The project's own knowledge folder, from the compiled or the source tree. */
export const KNOWLEDGE = fileURLToPath(new URL('../knowledge/', import.meta.url));

/** Puts the parts together. The only place that knows all of them. */
export function createApp(options: AppOptions): App {
  const knowledge = options.knowledgeDir ?? KNOWLEDGE;
  const world = loadWorld(knowledge);
  let opening: Promise<Retriever> | null = null;
  const index = () => {
    opening ??= open(world, options);
    return opening;
  };
  const views = new Views(world);
  const offline = new OfflineAssistant(world, views);
  const desk = new Desk(world, index, views, (question) => offline.ask({ question }));
  const answering = options.model ? withModel(world, desk, offline, options) : { assistant: offline };
  let interviewer: App['interviewer'] | null = null;
  return {
    world,
    knowledgeDir: knowledge,
    ...answering,
    desk,
    get interviewer() {
      interviewer ??= createInterviewer(world, answering.assistant, knowledge);
      return interviewer;
    },
    index,
  };
}

/** Between two looks at an embedding model that did not answer when the search was opened, milliseconds. */
const EMBEDDING_RETRY = 60_000;

/** The search index, with vectors once an embedding model that is configured answers; words alone otherwise. */
async function open(world: World, options: AppOptions): Promise<Retriever> {
  const base: OpenIndexOptions = {
    dir: join(options.dataDir, 'index'),
    docs: clauseDocs(world),
    log: options.log,
    onProgress: progressBar(),
  };
  const place = async (given: OpenIndexOptions): Promise<Retriever> => {
    if (!options.databaseUrl) return openIndex(given);
    // The PostgreSQL client loads only where it is used.
    const { openPostgresIndex } = await import('./retrieval/postgres.js');
    return openPostgresIndex({ ...given, connection: options.databaseUrl, fallback: () => openIndex(base) });
  };
  const { embedding, log } = options;
  if (!embedding) return place(base);
  const { connectEmbedder } = await import('./model/index.js');
  const withVectors = async () => place({ ...base, embedder: await connectEmbedder(embedding) });
  try {
    return await withVectors();
  } catch (error) {
    log?.(`embeddings of ${embedding.model} are not used until it answers: ${(error as Error).message}`);
    return untilBetter(await place(base), withVectors, options.embeddingRetryMs ?? EMBEDDING_RETRY);
  }
}

/** Searches with what there is, and with the better one as soon as it could be opened. */
function untilBetter(first: Retriever, better: () => Promise<Retriever>, everyMs: number): Retriever {
  let current = first;
  const later = () => {
    const open = () =>
      better().then((opened) => {
        current = opened;
      }, later);
    setTimeout(open, everyMs).unref();
  };
  later();
  return { search: (query, options) => current.search(query, options) };
}

/** The assistant with a model beside it, loaded when the first question comes. */
function withModel(
  world: World,
  desk: Desk,
  offline: Assistant,
  options: AppOptions,
): Required<Pick<App, 'assistant' | 'modelHealth' | 'countTokensIn'>> {
  let together: TokenCount | null = null;
  let endpoint: { health: HealthView } | null = null;
  const load = async (): Promise<Assistant> => {
    const [{ LlmAssistant }, { ModelEndpoint }] = await Promise.all([
      import('./assistant/llm/index.js'),
      import('./model/index.js'),
    ]);
    const opened = new ModelEndpoint({
      ...options.model!,
      together: () => together,
      onFault: (fault) =>
        options.log?.(`language model: ${fault.kind} (${fault.message}); the offline answer stands`),
    });
    endpoint = opened;
    return new LlmAssistant({ world, desk, offline, endpoint: opened, promptsDir: PROMPTS });
  };
  let loading: Promise<Assistant> | null = null;
  return {
    assistant: {
      ask: async (request, askOptions) => {
        loading ??= load();
        return (await loading).ask(request, askOptions);
      },
    },
    modelHealth: () => endpoint?.health ?? null,
    countTokensIn: (count) => {
      together = count;
    },
  };
}
