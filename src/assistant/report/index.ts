import type { InterviewState } from '../../interview/index.js';
import type { Verdict } from '../../rules/index.js';
import type { Room } from '../guided/room.js';
import type { ReportFile } from '../interviewer.js';

/** The result of an interview as a printable PDF. */
export async function reportOf(
  _room: Room,
  _state: InterviewState,
  _verdicts: readonly Verdict[],
  _asOf: string,
): Promise<ReportFile> {
  throw new Error('not yet');
}
