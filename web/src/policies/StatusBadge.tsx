import type { PolicyView } from '../api/types.js';
import { type Key, useSay } from '../i18n.js';

const TONES: Record<string, string> = {
  'in-force': 'good',
  'not-yet': 'warn',
  expired: 'bad',
  draft: 'warn',
  undated: '',
  informational: '',
};

/** The status of a document on the chosen day, in words; the colour only repeats them. */
export function StatusBadge({ status }: { status: PolicyView['status'] }) {
  const say = useSay();
  if (!(status in TONES)) return <span className="badge">{status}</span>;
  return <span className={`badge ${TONES[status]}`}>{say(`status.${status}` as Key)}</span>;
}
