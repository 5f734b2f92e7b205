/**
 * Errors that callers handle. A message says what was wrong and where; `accepted` says what would be taken instead.
 * Both are for the reader (Chinese where an end user can meet them).
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly accepted: string;
  constructor(message: string, accepted: string) {
    super(message);
    this.accepted = accepted;
  }
}

/** A fault in a data file: file, line when known, and the place inside it. */
export class DataError extends Error {
  override readonly name = 'DataError';
  readonly file: string;
  readonly line: number | null;
  constructor(file: string, line: number | null, message: string) {
    super(`${file}${line === null ? '' : `:${line}`}: ${message}`);
    this.file = file;
    this.line = line;
  }

  /** Several faults of one file in one message, so that they can be mended in one go. */
  static all(first: DataError, more: readonly DataError[]): DataError {
    const error = new DataError(first.file, first.line, '');
    error.message = [first, ...more].map((e) => e.message).join('\n');
    return error;
  }
}
