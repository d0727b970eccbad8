/** What went wrong, in the one shape that the gateway, the forwarder and a dead network share. */

export interface ProblemBody {
  code: string;
  message: string;
  detail?: Record<string, unknown>;
}

/** Thrown by every call to the gateway that did not succeed. `status` 0: nothing answered at all. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: string;
  readonly detail: Record<string, unknown>;

  constructor(
    readonly status: number,
    body: ProblemBody,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(body.message);
    this.code = body.code;
    this.detail = body.detail ?? {};
  }

  /** Whether the same request may succeed later, without anybody doing anything. */
  get mayPass(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** The problem that a response tells of, whatever its body is. */
export async function problemOf(response: Response): Promise<Problem> {
  const after = Number(response.headers.get("retry-after"));
  const retryAfter = Number.isFinite(after) && after > 0 ? after : null;
  return new Problem(response.status, bodyOf(await response.text(), response.status), retryAfter);
}

export function networkProblem(): Problem {
  return new Problem(0, { code: "NETWORK", message: "Nothing answered." });
}

function bodyOf(text: string, status: number): ProblemBody {
  try {
    const told: unknown = JSON.parse(text);
    if (isEnvelope(told)) {
      return told.error;
    }
  } catch {
    // Not JSON: a proxy in between answered.
  }
  return { code: `HTTP_${status}`, message: `HTTP ${status}` };
}

function isEnvelope(value: unknown): value is { error: ProblemBody } {
  const error = (value as { error?: Partial<ProblemBody> } | null)?.error;
  return typeof error?.code === "string" && typeof error.message === "string";
}
