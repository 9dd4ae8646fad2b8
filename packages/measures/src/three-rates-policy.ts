import { Fault } from '@gezhi/basis';

/**
 * How the three rates (三率) are computed, as data with a version: a published period names the policy it was
 * computed under, and anybody can compute it again. Whole numbers throughout, so that a score is an exact
 * fraction until it is rounded once.
 */
export type ThreeRatesPolicy = {
  readonly id: string;
  readonly version: number;
  /** The law, order or practice it is taken from. */
  readonly source: string;
  /** Parts of the score; only their proportion counts (10 : 50 : 40). */
  readonly weights: { readonly response: number; readonly solve: number; readonly satisfaction: number };
  /** What 基本满意 is worth, in thousandths of 满意. */
  readonly basicallyWeight: number;
  /** Which date puts a request into a window. */
  readonly dateBasis: 'created' | 'termEnd' | 'calledBack';
  readonly window: {
    /**
     * Day of the month on which the assessment month begins, at 00:00; it bears the name of the month it ends
     * in. 1 … 28.
     */
    readonly monthFirstDay: number;
    /** Local hour at which the daily report's day ends and the next begins. 0 … 23. */
    readonly dayHour: number;
  };
  /** What a partly solved request earns for the solve rate: nothing, half, or all. */
  readonly partly: 'no' | 'half' | 'yes';
  /**
   * A question left open: `invalid` takes the whole callback out of the one denominator (有效回访 is reached
   * *and* answered), and the number taken out is shown; `no` leaves it in, the open question earning nothing.
   */
  readonly noAnswer: 'invalid' | 'no';
  /** The fewest valid callbacks with which a unit is ranked. */
  readonly floor: number;
  /** Decimals of the published score. */
  readonly decimals: number;
  readonly interval: { readonly method: 'wilson'; readonly z: number };
};

/**
 * As one Beijing district has coded it: 10 / 50 / 40, 基本满意 0.9, month from the 19th to the 18th, day from
 * noon to noon, by creation. Added here: null for an empty sample, the floor of 30 and the interval.
 */
export const HUAIROU: ThreeRatesPolicy = {
  id: 'huairou',
  version: 1,
  source: '北京市怀柔区接诉即办三率统计口径（公开代码）；《北京市接诉即办工作条例》第三十二条',
  weights: { response: 10, solve: 50, satisfaction: 40 },
  basicallyWeight: 900,
  dateBasis: 'created',
  window: { monthFirstDay: 19, dayHour: 12 },
  partly: 'no',
  noAnswer: 'invalid',
  floor: 30,
  decimals: 1,
  interval: { method: 'wilson', z: 1.96 },
};

/** @throws Fault `bad-policy` naming the field, what it is, and what it may be */
export function checkPolicy(policy: ThreeRatesPolicy): void {
  const { response, solve, satisfaction } = policy.weights;
  whole(policy, 'weights.response', response, 0, 1000);
  whole(policy, 'weights.solve', solve, 0, 1000);
  whole(policy, 'weights.satisfaction', satisfaction, 0, 1000);
  whole(policy, 'the sum of weights', response + solve + satisfaction, 1, 3000);
  whole(policy, 'basicallyWeight', policy.basicallyWeight, 0, 1000);
  whole(policy, 'window.monthFirstDay', policy.window.monthFirstDay, 1, 28);
  whole(policy, 'window.dayHour', policy.window.dayHour, 0, 23);
  whole(policy, 'floor', policy.floor, 1, 1_000_000);
  whole(policy, 'decimals', policy.decimals, 0, 6);
  if (!(policy.interval.z > 0 && policy.interval.z < 10)) {
    throw bad(policy, 'interval.z', policy.interval.z, 'a number above 0 and below 10, such as 1.96');
  }
}

function whole(policy: ThreeRatesPolicy, field: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw bad(policy, field, value, `a whole number ${min} … ${max}`);
  }
}

function bad(policy: ThreeRatesPolicy, field: string, value: number, wanted: string): Fault {
  return new Fault('bad-policy', `Policy ${policy.id} v${policy.version}: ${field} is ${value}.`, {
    hint: `It must be ${wanted}.`,
  });
}
