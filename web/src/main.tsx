import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import './base.css';
import { LocaleProvider, useSay } from './i18n.js';
import { Boundary } from './parts/Boundary.js';
import { Empty, Loading } from './parts/States.js';
import { decode, Link, Router, usePlace } from './router.js';
import { ThemeProvider } from './theme.js';

// A page is a chunk of its own: a phone that opens the chat never loads the console.
const ChatPage = lazy(() => import('./chat/ChatPage.js'));
const ConsolePage = lazy(() => import('./console/ConsolePage.js'));
const ReviewsPage = lazy(() => import('./console/ReviewsPage.js'));
const PoliciesPage = lazy(() => import('./policies/PoliciesPage.js'));
const PolicyPage = lazy(() => import('./policies/PolicyPage.js'));
const AnswerPage = lazy(() => import('./answers/AnswerPage.js'));

function Page() {
  const { path } = usePlace();
  const [, first = '', second, ...rest] = path.split('/');
  if (rest.length === 0) {
    if (first === '' || (first === 'chat' && second === undefined)) return <ChatPage />;
    if (first === 'console' && second === undefined) return <ConsolePage />;
    if (first === 'console' && second === 'reviews') return <ReviewsPage />;
    if (first === 'policies' && second === undefined) return <PoliciesPage />;
    if (first === 'policies' && second) return <PolicyPage id={decode(second)} />;
    if (first === 'answers' && second) return <AnswerPage id={decode(second)} />;
  }
  return <NotFound />;
}

function NotFound() {
  const say = useSay();
  return (
    <main className="page">
      <h1 className="aloud">{say('notFound.title')}</h1>
      <Empty title={say('notFound.text')}>
        <Link href="/">{say('notFound.home')}</Link>
      </Empty>
    </main>
  );
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <LocaleProvider>
      <ThemeProvider>
        <Boundary>
          <Router>
            <Suspense
              fallback={
                <main className="page">
                  <Loading />
                </main>
              }
            >
              <Page />
            </Suspense>
          </Router>
        </Boundary>
      </ThemeProvider>
    </LocaleProvider>
  </StrictMode>,
);
