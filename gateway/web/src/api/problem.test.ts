import { expect, it } from 'vitest';
import { asProblem, problemOf } from './problem';

it('A problem is shown as its sentence and keeps its code and trace', () => {
  const problem = problemOf(409, { code: 'quote-expired', detail: 'Ask for a new quote.', traceId: '4bf9' });
  expect(problem).toMatchObject({
    status: 409,
    code: 'quote-expired',
    message: 'Ask for a new quote.',
    traceId: '4bf9',
  });
});

it('A problem with fields says what is wrong with each', () => {
  const problem = problemOf(400, {
    title: 'One or more validation errors occurred.',
    code: 'request-invalid',
    errors: { Email: ['The e-mail is missing.'], Password: ['The password is short.'] },
  });
  expect(problem.message).toBe('The e-mail is missing. The password is short.');
});

it('An answer that is no problem document, and no answer at all, are said too', () => {
  expect(problemOf(502, '<html>').message).toContain('502');
  expect(asProblem(new TypeError('Failed to fetch')).code).toBe('unreachable');
});
