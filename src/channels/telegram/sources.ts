import { offered } from '../../assistant/offered.js';
import type { Say } from '../locale.js';
import type { Desk, PolicyView } from '../types.js';
import { citiesOf } from './cities.js';
import type { Choice } from './work.js';

/** The documents in the order in which cities are listed everywhere; one that sets no rules after those of its city. */
export function documents(desk: Desk): PolicyView[] {
  const cities = citiesOf(desk).map(({ id }) => id);
  const place = ({ city, status }: PolicyView) => {
    const at = cities.indexOf(city);
    return 2 * (at < 0 ? cities.length : at) + (status === 'informational' ? 1 : 0);
  };
  return [...desk.policies()].sort((a, b) => place(a) - place(b));
}

/** The documents with their number, issuer, dates and status today; what a document does not state is left out. */
export function sourcesText(desk: Desk, say: Say): string {
  return [
    say('telegram.sourcesHead'),
    ...offered(documents(desk)).map((policy) => describe(policy, say)),
  ].join('\n\n');
}

/** A button for the original text of each document. */
export function sourceChoices(desk: Desk, say: Say): Choice[] {
  return offered(documents(desk)).map(({ id, title }) => ({
    label: say('telegram.sourceButton', { title }),
    send: id,
  }));
}

/** Words under the file of a document. */
export function sourceCaption({ title, docNumber }: PolicyView, say: Say): string {
  return docNumber === null
    ? say('telegram.sourceCaption', { title })
    : say('telegram.sourceCaptionNumber', { title, number: docNumber });
}

/** One line a document: is it in force today, and until when. */
export function statusText(desk: Desk, say: Say): string {
  const lines = offered(documents(desk)).map(({ title, status, expires }) => {
    const values = { title, status: say(`telegram.status.${status}`) };
    return expires === null
      ? say('telegram.statusLine', values)
      : say('telegram.statusUntil', { ...values, date: expires });
  });
  return [say('telegram.statusHead', { date: today() }), ...lines].join('\n');
}

/** Today where the documents are in force. */
export const today = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format();

/** One document with what it states of itself. */
export function describe(policy: PolicyView, say: Say): string {
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
