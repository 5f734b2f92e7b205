import { Component, type ReactNode } from 'react';
import { useSay } from '../i18n.js';

/** A fault of the page itself: says so and offers to load it anew, instead of going blank. */
export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const say = useSay();
  return (
    <main className="page">
      <div className="state" role="alert">
        <p>{say('fault.page')}</p>
        <button type="button" className="chip strong" onClick={() => location.reload()}>
          {say('state.reload')}
        </button>
      </div>
    </main>
  );
}
