/** The index id of a clause. */
export const clauseId = (policy: string, label: string): string => `${policy}/${label}`;

/** The policy and the label of an index id. */
export function splitClauseId(id: string): [string, string] {
  const at = id.indexOf('/');
  return [id.slice(0, at), id.slice(at + 1)];
}
