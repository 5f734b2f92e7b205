import { EventEmitter, once } from 'node:events';
import { createLogger, type Logger } from '../../src/channels/log.js';

/** A real logger whose lines the test reads and waits for. */
export class RecordedLog {
  readonly lines: string[] = [];
  private readonly events = new EventEmitter();
  readonly log: Logger = createLogger('info', {
    write: (line: string) => {
      this.lines.push(line);
      this.events.emit('line');
    },
  });

  get text(): string {
    return this.lines.join('');
  }

  /** Resolves when the log holds these words. */
  async until(words: string | RegExp): Promise<void> {
    const pattern = typeof words === 'string' ? words : words.source;
    while (!new RegExp(pattern).test(this.text)) await once(this.events, 'line');
  }
}
