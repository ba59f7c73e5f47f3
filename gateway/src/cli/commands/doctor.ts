// `wattlock doctor`: whether everything is in place, and what to do where it is not.
import { EXIT, KINDS } from '../../errors';
import { CHECKS, look, settingOf, type Finding } from '../checks';
import { command } from '../command';
import { table } from '../format';

interface CheckReport extends Finding {
  readonly name: string;
  /** Whether the chosen ledger needs it. */
  readonly required: boolean;
}

interface DoctorReport {
  readonly checks: readonly CheckReport[];
}

export const doctorCommands = [
  command({
    path: ['doctor'],
    summary:
      'check Node.js, the home, its keys, the ledger, the accounts, and the programs and network of Fabric',
    details: 'Exit code 0 when everything that the chosen ledger needs is in place.',
    example: 'doctor --ledger fabric',
    json: '{checks: [{name, ok, detail, hint?, required}]}',
    async run(context): Promise<DoctorReport> {
      const checks: CheckReport[] = [];
      const setting = await settingOf(context);
      for (const check of CHECKS) {
        context.progress.say(check.name);
        const required = check.isNeeded?.(setting) ?? true;
        checks.push({ name: check.name, ...(await look(check, context)), required });
      }
      return { checks };
    },
    exitCode: ({ checks }) => {
      const failed = checks.find(({ ok, required }) => required && !ok);
      const kind = CHECKS.find(({ name }) => name === failed?.name)?.kind;
      return kind === undefined ? EXIT.ok : KINDS[kind].exit;
    },
    render: ({ checks }) => {
      const hints = checks.flatMap(({ name, hint, ok }) =>
        ok || hint === undefined ? [] : [`${name}: ${hint}`],
      );
      const found = table(
        checks,
        [
          { heading: 'CHECK', of: ({ name }) => name },
          { heading: '', of: ({ ok, required }) => (ok ? 'ok' : required ? 'FAILED' : 'absent') },
          { heading: 'FOUND', of: ({ detail }) => detail },
        ],
        '',
      );
      return [found, ...(hints.length === 0 ? [] : ['', ...hints])].join('\n');
    },
  }),
];
