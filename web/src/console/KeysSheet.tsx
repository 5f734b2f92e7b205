import Modal from 'antd/es/modal';
import { type Key, useSay } from '../i18n.js';

const KEYS: [string[], Key][] = [
  [['/', 'Ctrl K'], 'keys.search'],
  [['Enter'], 'keys.ask'],
  [['↑', '↓'], 'keys.move'],
  [['1', '…', '9'], 'keys.cite'],
  [['F'], 'keys.facts'],
  [['D'], 'keys.document'],
  [['C'], 'keys.copy'],
  [['S'], 'keys.file'],
  [['M'], 'keys.mark'],
  [['H'], 'keys.history'],
  [['N'], 'keys.next'],
  [['Esc'], 'keys.escape'],
  [['?'], 'keys.help'],
];

/** Every key of the console, and the switch for the single ones. */
export function KeysSheet(props: {
  open: boolean;
  onClose: () => void;
  singles: boolean;
  onSingles: (on: boolean) => void;
}) {
  const say = useSay();
  return (
    <Modal open={props.open} onCancel={props.onClose} footer={null} title={say('keys.title')} destroyOnHidden>
      <dl className="keys">
        {KEYS.map(([names, key]) => (
          <div key={key}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{say(key)}</dd>
          </div>
        ))}
      </dl>
      <label className="check">
        <input
          type="checkbox"
          checked={props.singles}
          onChange={(event) => props.onSingles(event.target.checked)}
        />
        {say('keys.singles')}
      </label>
    </Modal>
  );
}
