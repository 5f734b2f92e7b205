import { describe, expect, it } from 'vitest';
import { Pace } from '../../src/channels/telegram/pace.js';

const limits = {
  all: { burst: 4, everyMs: 100 },
  chat: { burst: 2, everyMs: 1000 },
  group: { burst: 1, everyMs: 3000 },
};

/** A clock that the waiting moves. */
function clock() {
  const at = { now: 0 };
  const pace = new Pace(
    limits,
    () => at.now,
    async (ms) => {
      at.now += ms;
    },
  );
  const turn = async (chat: number) => {
    await pace.turn(chat, new AbortController().signal);
    return Math.round(at.now);
  };
  return { at, turn };
}

describe('the pace of sending', () => {
  it('lets a few through to a chat at once, then one in each interval', async () => {
    const { turn } = clock();
    expect([await turn(1), await turn(1), await turn(1), await turn(1)]).toEqual([0, 0, 1000, 2000]);
  });

  it('is slower to a group', async () => {
    const { turn } = clock();
    expect([await turn(-1), await turn(-1), await turn(-1)]).toEqual([0, 3000, 6000]);
  });

  it('is one for all chats together', async () => {
    const { turn } = clock();
    const turns = [];
    for (let chat = 1; chat <= 7; chat++) turns.push(await turn(chat));
    expect(turns).toEqual([0, 0, 0, 0, 100, 200, 300]);
  });

  it('gives back what was not used', async () => {
    const { at, turn } = clock();
    for (let i = 0; i < 3; i++) await turn(1);
    at.now = 60_000;
    expect([await turn(1), await turn(1), await turn(1)]).toEqual([60_000, 60_000, 61_000]);
  });
});
