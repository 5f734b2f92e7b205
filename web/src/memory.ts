/** What this device remembers, under names of our own. A browser that forbids storage remembers nothing. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`wence.${name}`);
  } catch {
    return null;
  }
}

/** @param value null forgets it */
export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`wence.${name}`);
    else localStorage.setItem(`wence.${name}`, value);
  } catch {
    // Private browsing without storage: the page works, it only remembers nothing.
  }
}
