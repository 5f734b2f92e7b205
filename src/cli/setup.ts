import { type App, createApp } from '../app.js';
import { type Config, loadConfig } from '../config.js';
import type { Call } from './io.js';

/** The app as the environment configures it, logging to stderr. @throws InputError for a setting that cannot be used. */
export async function appFromEnvironment(call: Call): Promise<{ app: App; config: Config }> {
  const config = loadConfig();
  const { openaiApiKey: apiKey, openaiModel: model, openaiBaseUrl: baseUrl } = config;
  const embedding = config.openaiEmbeddingModel;
  if (apiKey && !model) call.log('OPENAI_API_KEY is set without OPENAI_MODEL: answers are offline');
  return {
    app: createApp({
      dataDir: config.dataDir,
      log: call.log,
      ...(config.knowledgeDir ? { knowledgeDir: config.knowledgeDir } : {}),
      ...(config.databaseUrl ? { databaseUrl: config.databaseUrl } : {}),
      ...(apiKey && model ? { model: { apiKey, baseUrl, model } } : {}),
      ...(apiKey && embedding ? { embedding: { apiKey, baseUrl, model: embedding } } : {}),
    }),
    config,
  };
}
