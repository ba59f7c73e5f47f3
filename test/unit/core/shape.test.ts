// Shapes: what formats say of themselves, so that pages and help texts need not be written by hand.
import {
  flag,
  integer,
  list,
  members,
  nullable,
  oneOf,
  optional,
  outline,
  record,
  text,
  variant,
  versioned,
} from '@wattlock/core';
import { expect } from 'chai';

const name = text(/./, 'a name');
const draw = record({ by: name, amount: integer(1, 9) });
const account = versioned('account', {
  1: record({
    owner: name,
    tags: list(name, 0, 9),
    draws: list(draw, 0, 9),
    latest: optional(draw),
    first: nullable(draw),
    open: flag,
    kind: oneOf(['a', 'b']),
    only: oneOf(['x']),
  }),
});
const either = variant(
  { a: record({ kind: oneOf(['a']), x: flag }), b: record({ kind: oneOf(['b']) }) },
  ({ kind }) => kind,
);

describe('the outline of a shape', () => {
  it('names members, and goes into those that have members', () => {
    expect(outline(account.shape)).to.equal(
      '{v, owner, tags, draws: [{by, amount}], latest?: {by, amount}, first: {by, amount} | null, open, kind, only}',
    );
  });

  it('tells the forms of a variant apart, each once', () => {
    expect(outline(record({ either, more: list(either, 0, 1) }).shape)).to.equal(
      '{either: {kind, x} | {kind}, more: [{kind, x} | {kind}]}',
    );
    const alike = variant({ a: draw, b: draw }, () => 'a');
    expect(outline(alike.shape)).to.equal('{by, amount}');
  });

  it('of a single value says what it must be', () => {
    expect(outline(nullable(name).shape)).to.equal('a name | null');
    expect(outline(optional(name).shape)).to.equal('a name');
    expect(outline(record({ draws: list(optional(draw), 0, 1) }).shape)).to.equal('{draws: [{by, amount}]}');
  });
});

describe('the members of a shape', () => {
  it('are its single values by their paths', () => {
    expect(members(account.shape)).to.deep.equal([
      { path: 'v', expected: '1' },
      { path: 'owner', expected: 'a name' },
      { path: 'tags[]', expected: 'a name' },
      { path: 'draws[].by', expected: 'a name' },
      { path: 'draws[].amount', expected: 'a whole number from 1 to 9' },
      { path: 'latest?.by', expected: 'a name' },
      { path: 'latest?.amount', expected: 'a whole number from 1 to 9' },
      { path: 'first.by', expected: 'a name, or null' },
      { path: 'first.amount', expected: 'a whole number from 1 to 9, or null' },
      { path: 'open', expected: 'true or false' },
      { path: 'kind', expected: 'one of a, b' },
      { path: 'only', expected: 'x' },
    ]);
    expect(members(either.shape).map(({ path }) => path)).to.deep.equal(['kind', 'x', 'kind']);
  });
});
