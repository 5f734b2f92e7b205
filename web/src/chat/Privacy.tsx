import Modal from 'antd/es/modal';
import { type Key, useSay } from '../i18n.js';

const POINTS: Key[] = ['privacy.1', 'privacy.2', 'privacy.3', 'privacy.4'];

/** What is kept of a talk, for how long, and how to have it deleted. */
export function Privacy({ open, onClose }: { open: boolean; onClose: () => void }) {
  const say = useSay();
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={say('menu.privacy')} destroyOnHidden>
      <ul style={{ margin: 0, paddingLeft: '1.2em', lineHeight: 1.8 }}>
        {POINTS.map((key) => (
          <li key={key}>{say(key)}</li>
        ))}
      </ul>
    </Modal>
  );
}
