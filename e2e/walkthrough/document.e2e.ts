import { describe, expect, it } from 'vitest';
import { COLUMNS, isSeen, parseSteps, stepsOf } from './document.ts';

const text = `
\`\`\`console laptop compose
$ first
seen
...
\`\`\`

\`\`\`yaml
$ not a command
\`\`\`

\`\`\`console
$ second
\`\`\`
`;

describe('the commands of a walkthrough', () => {
  it('are those of the blocks that name a column or none, with what is seen below them', () => {
    const second = { line: 13, command: 'second', seen: [] };
    expect(parseSteps(text, 'compose')).toEqual([
      { line: 3, command: 'first', seen: ['seen', '...'] },
      second,
    ]);
    expect(parseSteps(text, 'kubernetes')).toEqual([second]);
  });

  it('are refused with the line for a column that does not exist, and for a block without a command', () => {
    expect(() => parseSteps('```console laptp\n', 'laptop')).toThrow(
      'docs/walkthrough.md:1: there is no column laptp',
    );
    expect(() => parseSteps('\n```console\nseen\n', 'laptop')).toThrow(
      'docs/walkthrough.md:3: a block begins with',
    );
  });

  it.each(COLUMNS)(
    'are there for all that is compared on %s: the stars, and v1 by three kinds of rules',
    (column) => {
      expect(stepsOf(column).filter(({ command }) => command === 'paths')).toHaveLength(5);
    },
  );
});

describe('what the document shows', () => {
  it('is the whole output, with ... for any text', () => {
    expect(isSeen('one\ntwo\nthree\n', ['one', '...', 'three'])).toBe(true);
    expect(isSeen('one two\n', ['one ...'])).toBe(true);
    expect(isSeen('one\ntwo\n', ['one'])).toBe(false);
    expect(isSeen('onextwo\n', ['one.two'])).toBe(false);
    expect(isSeen('anything', [])).toBe(true);
  });
});
