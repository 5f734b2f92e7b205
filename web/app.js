// The start page: asks the API and shows the answer's blocks. Text reaches the page as text nodes only, never as markup.

const log = document.querySelector('#log');
const form = document.querySelector('#ask');
const field = document.querySelector('#question');
const send = form.querySelector('button');

/** What was said so far, as the API takes it. */
const history = [];
const titles = new Map();
let count = 0;

/** An element with attributes and children; strings become text nodes. */
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function marks(cites, turn) {
  return [...new Set(cites ?? [])].map((n) => el('sup', {}, el('a', { href: `#s${turn}-${n}` }, `[${n}]`)));
}

function renderBlock(block, turn) {
  switch (block.kind) {
    case 'heading':
      return el('h2', {}, block.text);
    case 'list':
      return el(
        block.ordered ? 'ol' : 'ul',
        {},
        ...block.items.map((item) => el('li', {}, item.text, ...marks(item.cites, turn))),
      );
    case 'table':
      return el(
        'div',
        { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': block.head.join('、') },
        el(
          'table',
          {},
          el('thead', {}, el('tr', {}, ...block.head.map((text) => el('th', { scope: 'col' }, text)))),
          el(
            'tbody',
            {},
            ...block.rows.map((row) =>
              el('tr', {}, ...row.map((cell) => el('td', {}, cell.text, ...marks(cell.cites, turn)))),
            ),
          ),
        ),
      );
    case 'quote':
      return el('blockquote', {}, block.text, ...marks(block.cites, turn));
    default:
      return el('p', { class: block.kind }, block.text, ...marks(block.cites, turn));
  }
}

function renderAnswer(answer, turn) {
  const card = el('article', { class: 'answer' });
  let fold = null;
  for (const block of answer.blocks) {
    if (block.more) {
      if (!fold) {
        fold = el('details', {}, el('summary', {}, '更多'));
        card.append(fold);
      }
      fold.append(renderBlock(block, turn));
    } else {
      fold = null;
      card.append(renderBlock(block, turn));
    }
  }
  if (answer.blocks.length === 0) card.append(el('p', {}, answer.text));
  if (answer.citations.length > 0) {
    card.append(
      el(
        'ol',
        { class: 'sources', 'aria-label': '依据' },
        ...answer.citations.map((c, i) =>
          el(
            'li',
            { id: `s${turn}-${i + 1}` },
            `${c.docNumber ?? titles.get(c.policy) ?? c.policy} ${c.clause}：“${c.quote}”`,
          ),
        ),
      ),
    );
  }
  if (answer.suggestions.length > 0) {
    const chips = answer.suggestions.map(({ label, send: text }) => chip(label, text));
    card.append(el('div', { class: 'chips' }, ...chips));
  }
  return card;
}

function chip(label, text) {
  const button = el('button', { type: 'button', class: 'chip' }, label);
  button.addEventListener('click', () => ask(text));
  return button;
}

async function call(path, options) {
  const response = await fetch(path, options);
  const body = await response.json();
  if (response.ok) return body;
  throw new Error(body.accepted ? `${body.detail}。可以这样：${body.accepted}` : body.detail);
}

async function ask(question) {
  if (send.disabled || question.trim() === '') return;
  const turn = ++count;
  document.querySelector('#welcome')?.remove();
  send.disabled = true;
  const waiting = el('p', { class: 'wait' }, '正在查文件…');
  log.append(el('p', { class: 'question' }, question), waiting);
  waiting.scrollIntoView({ block: 'end' });
  try {
    const answer = await call('/api/ask', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ question, history: history.slice(-40) }),
    });
    history.push({ role: 'user', text: question }, { role: 'assistant', text: answer.text });
    waiting.replaceWith(renderAnswer(answer, turn));
    field.value = '';
  } catch (error) {
    const why = error instanceof TypeError ? '连不上服务，请稍后再试。' : error.message;
    waiting.replaceWith(el('p', { class: 'answer fault', role: 'alert' }, why));
    field.value = question;
  } finally {
    send.disabled = false;
    field.focus();
    log.lastElementChild.previousElementSibling.scrollIntoView({ block: 'start' });
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  ask(field.value);
});
// Enter sends; with Shift, or while an input method composes, it does not.
field.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
for (const button of document.querySelectorAll('.chip')) {
  button.addEventListener('click', () => ask(button.textContent));
}

try {
  for (const policy of await call('/api/policies')) titles.set(policy.id, policy.title);
  document
    .querySelector('#documents')
    .append('依据：', [...titles.values()].map((title) => `《${title}》`).join(''));
} catch {
  // The page answers without the list.
}
