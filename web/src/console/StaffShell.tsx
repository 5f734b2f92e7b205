import { type ReactNode, useCallback, useState } from 'react';
import { getSession, signOut } from '../api/calls.js';
import type { Session } from '../api/types.js';
import { useSay } from '../i18n.js';
import { Shell } from '../parts/Shell.js';
import { Failed, Loading } from '../parts/States.js';
import { useData } from '../parts/useData.js';
import { SignIn } from './SignIn.js';
import './console.css';

/** The frame of every staff page: what is inside appears only to whoever is signed in (or sits at the machine itself). */
export function StaffShell(props: {
  title: string;
  skip: { href: string; label: string };
  tools?: ReactNode;
  /** `onRefused` is for a session that ended meanwhile: the sign-in form comes back. */
  children: (onRefused: () => void) => ReactNode;
}) {
  const say = useSay();
  const [changed, setChanged] = useState<Session | null>(null);
  const loaded = useData('session', getSession);
  const session = changed ?? (loaded.state === 'ready' ? loaded.data : null);
  const onRefused = useCallback(() => {
    getSession().then(setChanged, () => {});
  }, []);
  return (
    <Shell
      title={props.title}
      skip={props.skip}
      links={[
        { href: '/console', label: say('nav.console') },
        { href: '/console/reviews', label: say('nav.reviews') },
        { href: '/policies', label: say('nav.policies') },
      ]}
      tools={
        <>
          {session?.signedIn && props.tools}
          {session?.signedIn && session.needs === 'token' && (
            <button type="button" className="tool" onClick={() => signOut().then(setChanged, () => {})}>
              {say('signIn.out')}
            </button>
          )}
        </>
      }
    >
      {session?.signedIn ? (
        props.children(onRefused)
      ) : session ? (
        <SignIn session={session} onSignedIn={setChanged} />
      ) : (
        <main className="page" id="content" tabIndex={-1}>
          <h1 className="aloud">{props.title}</h1>
          {loaded.state === 'failed' ? <Failed error={loaded.error} onRetry={loaded.reload} /> : <Loading />}
        </main>
      )}
    </Shell>
  );
}
