import AuditOutlined from '@ant-design/icons/es/icons/AuditOutlined';
import DownloadOutlined from '@ant-design/icons/es/icons/DownloadOutlined';
import EllipsisOutlined from '@ant-design/icons/es/icons/EllipsisOutlined';
import MessageOutlined from '@ant-design/icons/es/icons/MessageOutlined';
import Bubble from '@ant-design/x/es/bubble';
import Sender from '@ant-design/x/es/sender';
import Dropdown from 'antd/es/dropdown';
import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import {
  type ComponentProps,
  type ComponentRef,
  type ComponentType,
  forwardRef,
  useEffect,
  useRef,
  useState,
} from 'react';
import { faultWords } from '../api/http.js';
import type { Answer, Citation } from '../api/types.js';
import { type Key, useSay } from '../i18n.js';
import { ClauseDrawer } from '../parts/ClauseDrawer.js';
import { Shell } from '../parts/Shell.js';
import { Failed, Loading } from '../parts/States.js';
import { useTitles } from '../parts/useTitles.js';
import { AnswerCard } from './AnswerCard.js';
import { Privacy } from './Privacy.js';
import { useChat } from './useChat.js';
import './chat.css';

const STARTS: Key[] = ['start.1', 'start.2', 'start.3', 'start.4'];

/**
 * The field of the sender, with a name. It grows by CSS (field-sizing): antd's own measuring writes style attributes, which
 * the content-security policy forbids.
 */
const Field = forwardRef<ComponentRef<typeof Input.TextArea>, ComponentProps<typeof Input.TextArea>>(
  (props, ref) => (
    <Input.TextArea
      {...props}
      ref={ref}
      id="question"
      rows={1}
      maxLength={4000}
      aria-label={useSay()('chat.question')}
    />
  ),
);
const PARTS = { input: Field as ComponentType<ComponentProps<typeof Input.TextArea>> };

/** The web chat: questions and the interview in one talk, by finger, keyboard or screen reader. */
export default function ChatPage() {
  const say = useSay();
  const chat = useChat();
  const { titleOf } = useTitles();
  const [draft, setDraft] = useState('');
  const [cited, setCited] = useState<Citation | null>(null);
  const [privacy, setPrivacy] = useState(false);
  const [modal, modalHolder] = Modal.useModal();
  const sender = useRef<ComponentRef<typeof Sender>>(null);
  const list = useRef<HTMLOListElement>(null);
  const { exchanges, busy } = chat;
  const last = exchanges.at(-1);

  // A new question goes to the top of the window, so that the answer is read from its beginning.
  const count = exchanges.length;
  const shown = useRef(0);
  useEffect(() => {
    if (chat.loading) return;
    if (count > 0 && count !== shown.current) {
      const answer = list.current?.lastElementChild;
      const question = answer?.previousElementSibling;
      (question?.matches('.mine') ? question : answer)?.scrollIntoView({ block: 'start' });
    }
    shown.current = count;
  }, [count, chat.loading]);

  const send = (text: string) => {
    if (busy || text.trim() === '') return;
    setDraft('');
    chat.send(text.trim());
  };
  // A pressed button goes away with its question: whoever pressed it goes on from the new answer.
  const follow = useRef(false);
  const press = (text: string) => {
    follow.current = true;
    send(text);
  };
  useEffect(() => {
    if (!follow.current || count === 0) return;
    follow.current = false;
    (list.current?.lastElementChild as HTMLElement | null)?.focus({ preventScroll: true });
  }, [count]);

  const report = async () => {
    try {
      await chat.download();
    } catch (error) {
      modal.error({ title: say('menu.report'), content: faultWords(error, say), okText: say('close') });
    }
  };

  // Asked for in words or by a suggested button (“报告”), it comes as if its own button had been pressed.
  const fetched = useRef(chat.reportsAsked);
  useEffect(() => {
    if (chat.reportsAsked === fetched.current) return;
    fetched.current = chat.reportsAsked;
    void report();
  });

  const forget = async () => {
    const sure = await modal.confirm({
      title: say('forget.title'),
      content: say('forget.text'),
      okText: say('forget.yes'),
      cancelText: say('cancel'),
      okButtonProps: { danger: true },
    });
    if (!sure) return;
    try {
      await chat.forget();
    } catch (error) {
      modal.error({ title: say('menu.forget'), content: faultWords(error, say), okText: say('close') });
    }
  };

  const onCite = (answer: Answer, index: number) => setCited(answer.citations[index - 1] ?? null);
  const menu = [
    { key: 'new', label: say('menu.new'), onClick: () => chat.restart(), disabled: count === 0 },
    { key: 'interview', label: say('menu.interview'), onClick: () => chat.interview(), disabled: busy },
    {
      key: 'report',
      icon: <DownloadOutlined />,
      label: say('menu.report'),
      onClick: report,
      disabled: !chat.reportable,
    },
    { key: 'forget', label: say('menu.forget'), danger: true, onClick: forget, disabled: count === 0 },
    { type: 'divider' as const },
    { key: 'privacy', label: say('menu.privacy'), onClick: () => setPrivacy(true) },
  ];

  return (
    <Shell
      title={say('chat.title')}
      skip={{ href: '#question', label: say('chat.skip') }}
      links={[
        { href: '/', label: say('nav.chat') },
        { href: '/policies', label: say('nav.policies') },
      ]}
      tools={
        <Dropdown
          menu={{ items: menu }}
          trigger={['click']}
          placement="bottomRight"
          // In the bar, which stays in view: hung on the page it would be left behind by scrolling.
          getPopupContainer={(node) => node.parentElement ?? document.body}
        >
          <button type="button" className="tool" aria-label={say('menu.label')} aria-haspopup="menu">
            <EllipsisOutlined aria-hidden="true" />
          </button>
        </Dropdown>
      }
    >
      {modalHolder}
      <main className="chat" id="content" tabIndex={-1}>
        {count === 0 && !chat.loading ? (
          <Welcome
            onAsk={press}
            onInterview={() => {
              follow.current = true;
              chat.interview();
            }}
          />
        ) : (
          <h1 className="aloud">{say('chat.title')}</h1>
        )}
        {chat.loading && <Loading />}
        {chat.failed !== null && <Failed error={chat.failed} onRetry={chat.reload} />}
        <ol className="talk" ref={list} aria-label={say('chat.talk')}>
          {exchanges.flatMap((exchange, at) => [
            ...(exchange.question === ''
              ? []
              : [
                  <li className="mine" key={`${exchange.key}q`}>
                    <Bubble placement="end" content={exchange.question} contentRender={(text) => text} />
                  </li>,
                ]),
            <li
              className="theirs"
              key={`${exchange.key}a`}
              tabIndex={-1}
              aria-busy={!exchange.answer && exchange.fault === null}
            >
              <Bubble
                placement="start"
                content={exchange.key}
                contentRender={() => (
                  <AnswerCard
                    exchange={exchange}
                    newest={at === count - 1}
                    busy={busy}
                    titleOf={titleOf}
                    onCite={onCite}
                    onSend={press}
                    onReport={report}
                    onRetry={() => chat.retry(exchange)}
                  />
                )}
              />
            </li>,
          ])}
        </ol>
        <div className="aloud" role="status" aria-live="polite" aria-atomic="true">
          {last?.fresh && last.answer ? spoken(last.answer) : ''}
        </div>
        <div className="write">
          <Sender
            ref={sender}
            value={draft}
            onChange={setDraft}
            onSubmit={send}
            loading={busy}
            onCancel={chat.stop}
            placeholder={say('chat.placeholder')}
            autoSize={false}
            components={PARTS}
          />
          <p className="tiny">
            {say('privacy.line')}
            <button type="button" onClick={() => setPrivacy(true)}>
              {say('menu.privacy')}
            </button>
          </p>
        </div>
      </main>
      <ClauseDrawer citation={cited} titleOf={titleOf} onClose={() => setCited(null)} />
      <Privacy open={privacy} onClose={() => setPrivacy(false)} />
    </Shell>
  );
}

function Welcome({ onAsk, onInterview }: { onAsk: (text: string) => void; onInterview: () => void }) {
  const say = useSay();
  return (
    <section className="welcome">
      <h1>{say('welcome.title')}</h1>
      <p>{say('welcome.text')}</p>
      <h2>{say('welcome.check')}</h2>
      <button type="button" className="start main" onClick={onInterview}>
        <AuditOutlined aria-hidden="true" />
        <span>
          {say('welcome.interview')}
          <small>{say('welcome.interviewText')}</small>
        </span>
      </button>
      <h2>{say('welcome.ask')}</h2>
      <ul className="starts" lang="zh-CN">
        {STARTS.map((key) => (
          <li key={key}>
            <button type="button" className="start" onClick={() => onAsk(say(key))}>
              <MessageOutlined aria-hidden="true" />
              <span>{say(key)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What a screen reader says when an answer has come: its lead, not its forty lines. */
function spoken(answer: Answer): string {
  const lead = answer.blocks.find((block) => block.kind === 'lead' || block.kind === 'para');
  return lead && 'text' in lead ? lead.text : answer.text.slice(0, 200);
}
