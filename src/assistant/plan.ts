import type { Planned } from './added.js';
import { apart } from './steps/apart.js';
import { calculation } from './steps/calculation.js';
import { comparison } from './steps/compare.js';
import { days } from './steps/days.js';
import { costs, demanded } from './steps/demanded.js';
import { clause, originals, repealed, status } from './steps/documents.js';
import { eligibility, why } from './steps/eligibility.js';
import { everyday } from './steps/everyday.js';
import { lookup } from './steps/look.js';
import { mentioned } from './steps/mentioned.js';
import { misnamed } from './steps/misnamed.js';
import { noted, suits } from './steps/noted.js';
import { again, nth, rest } from './steps/nth.js';
import { ofUnit } from './steps/of-unit.js';
import { quoted } from './steps/quoted.js';
import { reckoned } from './steps/reckoned.js';
import { remainder, spread } from './steps/remainder.js';
import { reverse } from './steps/reverse.js';
import { scores } from './steps/scores.js';
import { sums } from './steps/sums.js';
import {
  decline,
  elsewhere,
  empty,
  openFigure,
  reach,
  remembered,
  smalltalk,
  takeBack,
  talk,
  unknownNumber,
} from './steps/talk.js';
import { conditions, premise, strictness } from './steps/threshold.js';
import { unheld, unscored } from './steps/unheld.js';
import { notCovered, untold } from './steps/untold.js';
import { whichCity } from './steps/which-city.js';
import { ofTheWorld } from './steps/worldly.js';
import type { Kit, Step, Turn } from './turn.js';

/** The plan: the first step that has an answer gives it. */
const STEPS: readonly Step[] = [
  empty,
  talk,
  noted,
  smalltalk,
  takeBack,
  remembered,
  why,
  nth,
  rest,
  again,
  originals,
  repealed,
  misnamed,
  unknownNumber,
  elsewhere,
  ofUnit,
  quoted,
  days,
  reckoned,
  untold,
  ofTheWorld,
  unscored,
  scores,
  clause,
  reverse,
  calculation,
  sums,
  remainder,
  spread,
  apart,
  premise,
  strictness,
  demanded,
  costs,
  reach,
  mentioned,
  notCovered,
  comparison,
  whichCity,
  everyday,
  eligibility,
  suits,
  status,
  conditions,
  openFigure,
  unheld,
  lookup,
  decline,
];

/** What answers a turn: the draft of the first step that has one, and the name of that step. */
export function planned(kit: Kit, turn: Turn): Planned {
  for (const step of STEPS) {
    const draft = step(kit, turn);
    if (draft) return { draft, step: step.name };
  }
  throw new Error('the last step of the plan always answers');
}
