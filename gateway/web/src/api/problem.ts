/** An RFC 9457 problem: the sentence is for the person, the code and the trace are for support. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly traceId: string | null = null,
  ) {
    super(detail);
    this.name = 'ApiProblem';
  }
}

interface ProblemDocument {
  title?: unknown;
  detail?: unknown;
  code?: unknown;
  traceId?: unknown;
  errors?: unknown;
}

export function problemOf(status: number, body: unknown): ApiProblem {
  if (typeof body !== 'object' || body === null) {
    return new ApiProblem(status, 'no-problem-document', `The marketplace answered with status ${status}.`);
  }
  const problem = body as ProblemDocument;
  const detail = textOf(problem.detail) ?? fieldErrors(problem.errors) ?? textOf(problem.title);
  return new ApiProblem(
    status,
    textOf(problem.code) ?? 'unknown',
    detail ?? `The marketplace answered with status ${status}.`,
    textOf(problem.traceId),
  );
}

/** What went wrong, whatever it was: also a network that is down. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) {
    return error;
  }
  return error instanceof TypeError
    ? new ApiProblem(0, 'unreachable', 'The marketplace cannot be reached. It is tried again by itself.')
    : new ApiProblem(0, 'page-error', error instanceof Error ? error.message : String(error));
}

function fieldErrors(errors: unknown): string | null {
  if (typeof errors !== 'object' || errors === null) {
    return null;
  }
  return Object.values(errors).flat().filter(Boolean).join(' ') || null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.length > 0 ? value : null;
}
