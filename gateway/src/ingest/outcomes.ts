// What became of each row. Every row has exactly one outcome, so rows = accepted + duplicates + rejected.
import type { RejectedRow, RowCode } from './errors';

/** Newly recorded, already there (in the file or on the ledger), or why not counted. */
export type RowOutcome = 'accepted' | 'duplicate' | RowCode;

export interface RowCounts {
  readonly rows: number;
  readonly accepted: number;
  readonly duplicates: number;
  /** In the order of the rows. */
  readonly rejected: readonly RejectedRow[];
}

/** Outcomes by row; a row that spans several slots is rejected if any refused it, else accepted if any is new. */
export class RowOutcomes {
  private readonly outcomes: Map<number, RowOutcome>;

  constructor(before?: RowOutcomes) {
    this.outcomes = new Map(before?.outcomes);
  }

  mark(rows: Iterable<number>, outcome: RowOutcome): void {
    for (const row of rows) {
      const known = this.outcomes.get(row);
      if (known === undefined || rank(outcome) > rank(known)) this.outcomes.set(row, outcome);
    }
  }

  counts(): RowCounts {
    const rejected: RejectedRow[] = [];
    let [accepted, duplicates] = [0, 0];
    for (const [row, outcome] of this.outcomes) {
      if (outcome === 'accepted') accepted += 1;
      else if (outcome === 'duplicate') duplicates += 1;
      else rejected.push({ row, code: outcome });
    }
    rejected.sort((a, b) => a.row - b.row);
    return { rows: this.outcomes.size, accepted, duplicates, rejected };
  }
}

const rank = (outcome: RowOutcome): number => (outcome === 'duplicate' ? 0 : outcome === 'accepted' ? 1 : 2);
