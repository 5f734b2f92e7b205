import { useEffect, useMemo, useState } from 'react';
import { listFacts, listPolicies } from '../api/calls.js';
import type { PolicyView } from '../api/types.js';

interface Names {
  /** The document's title; its id until it is known. */
  titleOf(policy: string): string;
  /** The city's name as the vocabulary writes it (泉州). */
  cityOf(policy: string): string;
}

let known: { policies: PolicyView[]; cities: Map<string, string> } | null = null;

/**
 * Names of documents and cities by document id, fetched once for all pages.
 * @param cities fetches the vocabulary for the names of cities too, which a phone's chat has no use for
 */
export function useTitles(cities = false): Names {
  const [data, setData] = useState(known);
  useEffect(() => {
    if (known && (!cities || known.cities.size > 0)) return;
    const gone = new AbortController();
    Promise.all([listPolicies(undefined, gone.signal), cities ? listFacts(gone.signal) : []]).then(
      ([policies, facts]) => {
        const values = facts.find((fact) => fact.id === 'lead.city')?.values ?? [];
        known = { policies, cities: new Map(values.map((value) => [value.id, value.label])) };
        setData(known);
      },
      // The page works with ids; the next page that needs names asks again.
      () => {},
    );
    return () => gone.abort();
  }, [cities]);
  return useMemo(() => {
    const find = (id: string) => data?.policies.find((policy) => policy.id === id);
    return {
      titleOf: (id) => find(id)?.title ?? id,
      cityOf: (id) => {
        const city = find(id)?.city;
        return city === undefined ? id : (data?.cities.get(city) ?? city);
      },
    };
  }, [data]);
}
