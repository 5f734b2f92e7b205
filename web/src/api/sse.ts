/** Reads Server-Sent Events from a response, as the standard splits them; comment lines are skipped. */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<{ event: string; data: string }> {
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += value;
      for (;;) {
        const end = /\r?\n\r?\n/.exec(rest);
        if (!end) break;
        const block = rest.slice(0, end.index);
        rest = rest.slice(end.index + end[0].length);
        const parsed = readBlock(block);
        if (parsed) yield parsed;
      }
    }
  } finally {
    // Whoever has the answer reads no further; the connection need not stay open for that.
    void reader.cancel().catch(() => {});
  }
}

function readBlock(block: string): { event: string; data: string } | null {
  let event = 'message';
  const data: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    if (line.startsWith(':')) continue;
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') event = value;
    if (field === 'data') data.push(value);
  }
  return data.length === 0 ? null : { event, data: data.join('\n') };
}
