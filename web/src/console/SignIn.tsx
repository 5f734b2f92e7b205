import { useState } from 'react';
import { signIn } from '../api/calls.js';
import { Fault } from '../api/http.js';
import type { Session } from '../api/types.js';
import { useSay } from '../i18n.js';
import { Failed } from '../parts/States.js';

/** The door of the staff pages. */
export function SignIn({
  session,
  onSignedIn,
}: {
  session: Session;
  onSignedIn: (session: Session) => void;
}) {
  const say = useSay();
  const [token, setToken] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  if (session.needs === 'loopback') {
    return (
      <main className="page" id="content" tabIndex={-1}>
        <div className="state" role="alert">
          <h1 className="title">{say('signIn.title')}</h1>
          <p>{say('signIn.loopback')}</p>
        </div>
      </main>
    );
  }
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFault(null);
    try {
      onSignedIn(await signIn(token));
    } catch (error) {
      setFault(error);
      setBusy(false);
    }
  };
  return (
    <main className="page" id="content" tabIndex={-1}>
      <form className="card sign-in" onSubmit={submit}>
        <h1 className="title">{say('signIn.title')}</h1>
        <p className="soft">{say('signIn.text')}</p>
        <label htmlFor="token">{say('signIn.token')}</label>
        <input
          id="token"
          type="password"
          autoComplete="current-password"
          required
          value={token}
          aria-invalid={fault !== null}
          onChange={(event) => setToken(event.target.value)}
        />
        {fault instanceof Fault && fault.status === 401 ? (
          <p className="fault" role="alert">
            {say('signIn.wrong')}
          </p>
        ) : (
          fault !== null && <Failed error={fault} inline />
        )}
        <button type="submit" className="solid" disabled={busy}>
          {say('signIn.go')}
        </button>
      </form>
    </main>
  );
}
