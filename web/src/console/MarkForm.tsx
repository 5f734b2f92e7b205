import { useEffect, useRef, useState } from 'react';
import { markAnswer } from '../api/calls.js';
import type { Answer, Mark } from '../api/types.js';
import { useSay } from '../i18n.js';
import { Failed } from '../parts/States.js';

/** Says that an answer is wrong or lacks something, with a note: it lands in the review queue. */
export function MarkForm(props: { answer: Answer; onDone: (mark: Mark) => void; onCancel: () => void }) {
  const say = useSay();
  const [mark, setMark] = useState<Mark>('wrong');
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFault(null);
    try {
      await markAnswer(props.answer.id, mark, note.trim());
      props.onDone(mark);
    } catch (error) {
      setFault(error);
      setBusy(false);
    }
  };
  return (
    <form
      className="mark-form"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onCancel();
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
      }}
      aria-label={say('mark.title')}
    >
      <div className="row" role="radiogroup" aria-label={say('mark.title')}>
        {(['wrong', 'missing'] as const).map((one) => (
          <label key={one} className={mark === one ? 'chip strong' : 'chip'}>
            <input
              type="radio"
              name="mark"
              value={one}
              checked={mark === one}
              onChange={() => setMark(one)}
            />
            {say(`mark.${one}`)}
          </label>
        ))}
      </div>
      <label htmlFor="mark-note">{say('mark.note')}</label>
      <textarea
        id="mark-note"
        ref={field}
        rows={3}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      {fault !== null && <Failed error={fault} inline />}
      <div className="row">
        <button type="submit" className="solid" disabled={busy}>
          {say('mark.send')}
        </button>
        <button type="button" className="chip" onClick={props.onCancel}>
          {say('cancel')}
        </button>
      </div>
    </form>
  );
}
