import type { Desk } from '../types.js';

export interface City {
  /** As in a document's `city`. */
  id: string;
  name: string;
}

/** The cities with a document that sets rules, named as the vocabulary names them, in its order. */
export function citiesOf(desk: Desk): City[] {
  const ids = new Set(
    desk
      .policies()
      .filter((policy) => policy.status !== 'informational')
      .map((policy) => policy.city),
  );
  const specs = desk.facts() as { values?: { id: string; label: string }[] }[];
  const values = specs.map((spec) => spec.values ?? []);
  // The fact whose values name every one of these cities.
  const named = values.find((each) => [...ids].every((id) => each.some((value) => value.id === id))) ?? [];
  return named.filter(({ id }) => ids.has(id)).map(({ id, label }) => ({ id, name: label }));
}
