// Mocha's spec output, plus the totals in a file for scripts/test.mjs.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

export default class TotalsReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once('end', () => {
      const file = process.env['WATTLOCK_TEST_RESULTS'];
      if (file === undefined) return;
      const { passes, failures, pending } = this.stats;
      writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  }
}
