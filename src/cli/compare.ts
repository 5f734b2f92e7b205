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
  const request = { policies, asOf: call.options['as-of'] };
  const answer = app.desk.compare({ about, ...request });
  const unknown = about
    .split(/[,，、]/)
    .filter((matter) => matter.trim() !== '' && !known(app, { ...request, about: matter }));
  if (unknown.length > 0) call.log(`没有可以对照的事项“${unknown.join('”“')}”，没有列出。`);
  if (call.options.json) printJson(call, answer);
  else call.out(`${answer.text}\n`);
}

/** Whether words alone name a matter that can be compared. */
function known(app: App, request: Parameters<App['desk']['compare']>[0]): boolean {
  try {
    app.desk.compare(request);
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}
