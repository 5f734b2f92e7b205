import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);
let convert: ((text: string) => string) | null = null;

/** Traditional characters as simplified ones; the converter (4 ms to load) comes with the first text that may need it. */
export function simplified(text: string): string {
  convert ??= (load('opencc-js/t2cn') as { Converter(o: object): (t: string) => string }).Converter({
    from: 'tw',
    to: 'cn',
  });
  return convert(text);
}
