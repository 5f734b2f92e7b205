import { type App, createApp } from '../app.js';
import { type Config, loadConfig } from '../config.js';
import type { Call } from './io.js';

/** The app as the environment configures it, logging to stderr. @throws InputError for a setting that cannot be used. */
export async function appFromEnvironment(call: Call): Promise<{ app: App; config: Config }> {
  const config = loadConfig();
  return { app: createApp({ dataDir: config.dataDir, log: call.log }), config };
}
