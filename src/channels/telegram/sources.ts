import type { Say } from '../locale.js';
import type { Desk, PolicyView } from '../types.js';

/** The documents with their number, issuer, dates and status today; what a document does not state is left out. */
export function sourcesText(desk: Desk, say: Say): string {
  return [say('telegram.sourcesHead'), ...desk.policies().map((policy) => describe(policy, say))].join(
    '\n\n',
  );
}

function describe(policy: PolicyView, say: Say): string {
  const { title, docNumber, issuer, issued, effective, expires, status } = policy;
  return [
    say('telegram.sourcesTitle', { title }),
    docNumber && say('telegram.sourcesNumber', { number: docNumber }),
    issuer && say('telegram.sourcesIssuer', { issuer }),
    issued && say('telegram.sourcesIssued', { date: issued }),
    effective && say('telegram.sourcesEffective', { date: effective }),
    expires && say('telegram.sourcesExpires', { date: expires }),
    say('telegram.sourcesStatus', { status: say(`telegram.status.${status}`) }),
  ]
    .filter(Boolean)
    .join('\n');
}
