import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { FactSpec, Subject, Verdicts } from '../api/types.js';
import { type Key, useSay } from '../i18n.js';
import { Failed } from '../parts/States.js';
import { FIRST_FACTS, readFact, showFact } from './facts.js';
import { VerdictCard } from './VerdictCard.js';

const SUBJECTS: Subject[] = ['lead', 'member', 'consortium', 'talent-consortium'];

interface Props {
  specs: readonly FactSpec[];
  live: Verdicts | null;
  fault: unknown;
  subject: Subject;
  onSubject: (subject: Subject) => void;
  onFact: (id: string, value: unknown) => void;
  byHand: Readonly<Record<string, unknown>>;
  titleOf: (policy: string) => string;
  cityOf: (policy: string) => string;
  onClause: (policy: string, clause: string, quote: string) => void;
  onNext: () => void;
}

/** What is known of the caller, and what follows from it in every city, both at a glance. */
export function FactsPanel(props: Props) {
  const say = useSay();
  const { specs, live, byHand } = props;
  const [more, setMore] = useState('');
  const facts = live?.facts ?? {};

  const asked = useMemo(
    () => new Set((live?.verdicts ?? []).flatMap((v) => (v.next ? [v.next] : []))),
    [live],
  );
  const shown = specs.filter(
    (spec) =>
      FIRST_FACTS.includes(spec.id) ||
      spec.id in facts ||
      spec.id in byHand ||
      asked.has(spec.id) ||
      spec.id === more,
  );
  const rest = specs.filter((spec) => !shown.includes(spec));

  return (
    <section className="facts" aria-label={say('facts.title')}>
      <div className="panel-head">
        <h2>{say('facts.title')}</h2>
        <button type="button" className="chip" onClick={props.onNext}>
          {say('facts.next')}
        </button>
      </div>
      <label className="field">
        <span>{say('facts.subject')}</span>
        <select
          id="subject"
          value={props.subject}
          onChange={(event) => props.onSubject(event.target.value as Subject)}
        >
          {SUBJECTS.map((subject) => (
            <option key={subject} value={subject}>
              {say(`subject.${subject}` as Key)}
            </option>
          ))}
        </select>
      </label>
      <div className="verdicts" aria-live="polite" aria-relevant="text">
        {props.fault !== null && <Failed error={props.fault} inline />}
        {(live?.verdicts ?? []).map((verdict) => (
          <VerdictCard
            key={verdict.policy}
            verdict={verdict}
            city={props.cityOf(verdict.policy)}
            title={props.titleOf(verdict.policy)}
            labelOf={(fact) => specs.find((spec) => spec.id === fact)?.label ?? fact}
            onClause={props.onClause}
          />
        ))}
        {live && live.verdicts.length === 0 && <p className="soft">{say('facts.noVerdict')}</p>}
      </div>
      <h3 className="soft small">{say('facts.known')}</h3>
      <div className="fields">
        {shown.map((spec) => (
          <FactField
            key={spec.id}
            spec={spec}
            value={facts[spec.id]}
            byHand={spec.id in byHand}
            wanted={asked.has(spec.id) && !(spec.id in facts)}
            fault={live?.faults.find((one) => one.fact === spec.id) ?? null}
            onChange={(value) => props.onFact(spec.id, value)}
          />
        ))}
      </div>
      <label className="field">
        <span>{say('facts.more')}</span>
        <select value="" onChange={(event) => setMore(event.target.value)}>
          <option value="">{say('facts.choose')}</option>
          {rest.map((spec) => (
            <option key={spec.id} value={spec.id}>
              {spec.label}
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}

function FactField(props: {
  spec: FactSpec;
  value: unknown;
  byHand: boolean;
  /** A verdict asks for it next. */
  wanted: boolean;
  fault: { message: string; accepted: string } | null;
  onChange: (value: unknown) => void;
}) {
  const say = useSay();
  const id = useId();
  const { spec, fault } = props;
  const shown = showFact(spec, props.value);
  const [text, setText] = useState(shown);
  const [editing, setEditing] = useState(false);
  useEffect(() => {
    if (!editing && fault === null) setText(shown);
  }, [shown, editing, fault]);

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const give = (typed: string) => {
    clearTimeout(timer.current);
    if (typed.trim() === shown) return;
    props.onChange(readFact(spec, typed));
  };
  /** The verdicts follow the typing, after a pause: half an amount is another amount. */
  const giveSoon = (typed: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => give(typed), 600);
  };
  const choices: [string, string][] | null =
    spec.type === 'boolean'
      ? [
          ['true', say('yes')],
          ['false', say('no')],
        ]
      : spec.values.length > 0
        ? spec.values.map((value) => [value.id, value.label])
        : null;
  const state = fault ? 'fault' : props.wanted ? 'wanted' : '';
  return (
    <div className={`field ${state}`} data-fact={spec.id}>
      <label htmlFor={id}>
        {spec.label}
        {props.wanted && <em>{say('facts.wanted')}</em>}
        {props.byHand && shown !== '' && <em>{say('facts.byHand')}</em>}
      </label>
      {choices ? (
        <select id={id} value={shown} onChange={(event) => give(event.target.value)}>
          <option value="">{say('facts.unknown')}</option>
          {choices.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          value={text}
          placeholder={spec.example.replace(/^例如：/, '')}
          aria-invalid={fault !== null}
          aria-describedby={fault ? `${id}-fault` : undefined}
          autoComplete="off"
          onFocus={() => setEditing(true)}
          onChange={(event) => {
            setText(event.target.value);
            if (!(event.nativeEvent as InputEvent).isComposing) giveSoon(event.target.value);
          }}
          onCompositionEnd={(event) => giveSoon(event.currentTarget.value)}
          onBlur={() => {
            setEditing(false);
            give(text);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) give(text);
            if (event.key === 'Escape') setText(shown);
          }}
        />
      )}
      {fault && (
        <p className="fault" id={`${id}-fault`}>
          {fault.message} {fault.accepted}
        </p>
      )}
    </div>
  );
}
