import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import './base.css';
import { LocaleProvider } from './i18n.js';
import { Boundary } from './parts/Boundary.js';
import { Loading } from './parts/States.js';
import { decode, Router, usePlace } from './router.js';
import { ThemeProvider } from './theme.js';

// A page is a chunk of its own: a phone that opens the chat never loads the console.
const ChatPage = lazy(() => import('./chat/ChatPage.js'));
const ConsolePage = lazy(() => import('./console/ConsolePage.js'));
const ReviewsPage = lazy(() => import('./console/ReviewsPage.js'));
const PoliciesPage = lazy(() => import('./policies/PoliciesPage.js'));
const PolicyPage = lazy(() => import('./policies/PolicyPage.js'));
const NotFoundPage = lazy(() => import('./parts/NotFoundPage.js'));
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
  return <NotFoundPage />;
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
