import type { App } from '../app.js';
import { InputError } from '../errors.js';
import { type Call, printJson, text } from './io.js';

/** `wence compare 营收,研发投入,年报 [--policies xiamen-2025,qingdao-2025]`: matters side by side, a city a column. */
export function compare(app: App, call: Call): void {
  const about = call.positional.join(',');
  if (about.trim() === '')
    throw new InputError('没有要对照的事项', 'wence compare 营收,研发投入（条件、支持或义务，用逗号隔开）');
  const policies = text(call, 'policies')
    ?.split(/[,，、]/)
    .map((id) => id.trim());
  const answer = app.desk.compare({ about, policies, asOf: call.options['as-of'] });
  if (call.options.json) printJson(call, answer);
  else call.out(`${answer.text}\n`);
}
