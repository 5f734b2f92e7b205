import { useSay } from '../i18n.js';
import { Link } from '../router.js';
import { Shell } from './Shell.js';
import { Empty } from './States.js';

/** An address that leads nowhere says so and leads home. */
export default function NotFoundPage() {
  const say = useSay();
  return (
    <Shell
      title={say('notFound.title')}
      skip={{ href: '#content', label: say('skip') }}
      links={[
        { href: '/', label: say('nav.chat') },
        { href: '/policies', label: say('nav.policies') },
      ]}
    >
      <main className="page" id="content" tabIndex={-1}>
        <h1 className="aloud">{say('notFound.title')}</h1>
        <Empty title={say('notFound.text')}>
          <Link href="/">{say('notFound.home')}</Link>
        </Empty>
      </main>
    </Shell>
  );
}
