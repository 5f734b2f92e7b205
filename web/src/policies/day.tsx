import { useSay } from '../i18n.js';
import { navigate, usePlace } from '../router.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The chosen day (YYYY-MM-DD) from the address, so that a link keeps it; undefined is today. */
export function useDay(): string | undefined {
  const day = usePlace().query.get('asOf') ?? '';
  return DAY.test(day) ? day : undefined;
}

/** An address that keeps the chosen day. */
export function withDay(path: string, day: string | undefined): string {
  const [before, hash] = path.split('#');
  return `${before}${day ? `?asOf=${day}` : ''}${hash === undefined ? '' : `#${hash}`}`;
}

export function DayPicker() {
  const say = useSay();
  const day = useDay();
  const { path, hash } = usePlace();
  const go = (value: string) =>
    navigate(withDay(hash ? `${path}#${encodeURIComponent(hash)}` : path, value || undefined), {
      replace: true,
    });
  return (
    <div className="day" style={{ marginTop: 16 }}>
      <label htmlFor="day">{say('day.label')}</label>
      <input
        id="day"
        type="date"
        value={day ?? ''}
        min="2000-01-01"
        max="2099-12-31"
        onChange={(event) => go(event.target.value)}
      />
      {day ? (
        <button type="button" className="chip" onClick={() => go('')}>
          {say('day.today')}
        </button>
      ) : (
        <span className="soft small">{say('day.isToday')}</span>
      )}
    </div>
  );
}
