import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp, PROMPTS } from '../../src/app.js';
import { LlmAssistant } from '../../src/assistant/llm/index.js';
import { type EndpointOptions, ModelEndpoint } from '../../src/model/index.js';
import { ModelServer } from '../support/model-server.js';

/** The application, a server that speaks the protocol, and assistants between them. */
export class LlmStage {
  app!: App;
  server!: ModelServer;
  readonly #dir = mkdtempSync(join(tmpdir(), 'wence-llm-'));

  async open(): Promise<void> {
    this.app = createApp({ dataDir: this.#dir });
    this.server = await new ModelServer().start();
  }

  async close(): Promise<void> {
    await this.server.stop();
    rmSync(this.#dir, { recursive: true, force: true });
  }

  reset(): void {
    this.server.requests.length = 0;
    this.server.headers.length = 0;
    this.server.hungUp = 0;
  }

  assistant({ transport, ...more }: Partial<EndpointOptions> = {}): LlmAssistant {
    return new LlmAssistant({
      ...this.app,
      offline: this.app.assistant,
      promptsDir: PROMPTS,
      endpoint: new ModelEndpoint({
        apiKey: 'k',
        baseUrl: this.server.url,
        model: 'test',
        // Long enough for a busy machine; a test of time-outs sets its own.
        transport: { retries: 1, pauseMs: 1, attemptMs: 60_000, ...transport },
        questionMs: 60_000,
        ...more,
      }),
    });
  }
}
