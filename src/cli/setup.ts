import { type App, createApp } from '../app.js';
import type { Call } from './io.js';

/** The app as the environment configures it, logging to stderr. */
export async function appFromEnvironment(call: Call): Promise<App> {
  return createApp({ dataDir: process.env.DATA_DIR ?? './data', log: call.log });
}
