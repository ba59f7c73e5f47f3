// Explaining an error by its own code and kind; nothing else makes it known.
import { expect } from 'chai';
import { explain, fileErrorOf, type HintOf } from '@wattlock/gateway';

const hints: HintOf = (code) => (code === 'SOME_CODE' ? { en: 'do this', ja: 'こうする' } : undefined);

const coded = (members: object): Error => Object.assign(new Error('what happened'), members);

/** A system error as Node makes them. */
const systemError = (code: string, members: object = {}): Error =>
  Object.assign(new Error(`${code}: text`), { code, errno: -1, syscall: 'open', ...members });

describe('explaining an error', () => {
  it('takes exit code, status and retry from the kind, and the hint from the code', () => {
    const error = coded({ code: 'SOME_CODE', kind: 'stale' });
    expect(explain(error, hints)).to.deep.equal({
      code: 'SOME_CODE',
      message: 'what happened',
      hint: 'do this',
      exit: 4,
      http: 409,
      retry: 'again',
    });
    expect(explain(error, hints, 'ja')?.hint).to.equal('こうする');
  });

  it('prefers the hint that the error brings itself', () => {
    const error = coded({ code: 'SOME_CODE', kind: 'usage', hint: { en: 'rather this', ja: 'むしろこれ' } });
    expect(explain(error, hints)?.hint).to.equal('rather this');
  });

  it('knows a code without a hint', () => {
    expect(explain(coded({ code: 'OTHER', kind: 'busy' }), hints)).to.not.have.property('hint');
  });

  for (const [what, error] of [
    ['has no code', new TypeError('oops')],
    ['has a code alone, such as a system error', systemError('ENOENT')],
    ['has a kind that no table has', coded({ code: 'SOME_CODE', kind: 'toString' })],
    ['is no error', { code: 'SOME_CODE', kind: 'state', message: 'text' }],
  ] as const) {
    it(`explains nothing that ${what}`, () => {
      expect(explain(error, hints)).to.equal(undefined);
    });
  }
});

describe('what the operating system refuses', () => {
  for (const [errno, code, kind] of [
    ['ENOSPC', 'DISK_FULL', 'space'],
    ['EDQUOT', 'DISK_FULL', 'space'],
    ['EROFS', 'READ_ONLY', 'readonly'],
    ['EACCES', 'NO_ACCESS', 'refused'],
    ['EPERM', 'NO_ACCESS', 'refused'],
    ['ENOTDIR', 'WRONG_PLACE', 'usage'],
    ['EISDIR', 'WRONG_PLACE', 'usage'],
    ['ENOENT', 'PATH_MISSING', 'missing'],
    ['EEXIST', 'PATH_TAKEN', 'conflict'],
    ['EMFILE', 'FILES_EXHAUSTED', 'setup'],
    ['EBUSY', 'FILE_BUSY', 'busy'],
    ['EIO', 'DEVICE_FAILED', 'damaged'],
  ] as const) {
    it(`is ${code} for ${errno}, with the call and the path`, () => {
      const error = fileErrorOf(systemError(errno, { path: '/some/file' }));
      expect(error).to.include({ code, kind });
      expect(error?.message).to.include(`open ${errno}: /some/file`);
    });
  }

  it('is told without a path where the system names none', () => {
    expect(fileErrorOf(systemError('ENOSPC', { syscall: 'write' }))?.message).to.equal(
      'The disk is full (write ENOSPC)',
    );
  });

  for (const [what, error] of [
    ['a refused connection', systemError('ECONNREFUSED')],
    ['an error with a code and no call', Object.assign(new Error('text'), { code: 'ENOSPC' })],
    ['a code that every object has', systemError('constructor')],
    ['no error', 'ENOSPC'],
  ] as const) {
    it(`is not ${what}`, () => {
      expect(fileErrorOf(error)).to.equal(undefined);
    });
  }
});
