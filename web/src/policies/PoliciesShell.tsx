import type { ReactNode } from 'react';
import { useSay } from '../i18n.js';
import { Shell } from '../parts/Shell.js';

export function PoliciesShell({ title, children }: { title: string; children: ReactNode }) {
  const say = useSay();
  return (
    <Shell
      title={title}
      skip={{ href: '#content', label: say('skip') }}
      links={[
        { href: '/', label: say('nav.chat') },
        { href: '/policies', label: say('nav.policies') },
      ]}
    >
      {children}
    </Shell>
  );
}
