import type { Entity, EntityUid } from './attributes.ts';
import type { Expr } from './residual.ts';

/**
 * What is asked of a Cedar engine, in the shapes of `@cedar-policy/cedar-wasm`. The shell loads it (Node: `/nodejs`, browser: `/web`); nothing
 * below reads a file.
 */
export type CedarEngine = {
  readonly isAuthorized: (call: EngineCall & { readonly resource: EntityUid }) => EngineAnswer;
  readonly isAuthorizedPartial: (call: EngineCall & { readonly resource: null }) => PartialAnswer;
  readonly validate: (call: { readonly schema: string; readonly policies: Policies }) => ValidationAnswer;
  readonly policySetTextToParts: (text: string) => PartsAnswer;
  readonly policyToJson: (policy: string) => PolicyJsonAnswer;
};

type Policies = { readonly staticPolicies: Readonly<Record<string, string>> };
export type EngineCall = {
  readonly principal: EntityUid;
  readonly action: EntityUid;
  readonly context: Readonly<Record<string, never>>;
  readonly policies: Policies;
  readonly entities: readonly Entity[];
};

export type EngineError = { readonly message: string; readonly help: string | null };
type Failure = { readonly type: 'failure'; readonly errors: readonly EngineError[] };

export type EngineAnswer =
  | Failure
  | {
      readonly type: 'success';
      readonly response: {
        readonly decision: 'allow' | 'deny';
        readonly diagnostics: { readonly reason: readonly string[]; readonly errors: readonly unknown[] };
      };
    };
export type PartialAnswer =
  | Failure
  | {
      readonly type: 'residuals';
      readonly response: {
        readonly satisfied: readonly string[];
        readonly errored: readonly string[];
        readonly residuals: Readonly<Record<string, { readonly conditions: readonly Clause[] }>>;
      };
    };
export type Clause = { readonly kind: 'when' | 'unless'; readonly body: Expr };
type Located = { readonly policyId: string; readonly error: EngineError };
export type ValidationAnswer =
  | Failure
  | { readonly type: 'success'; readonly validationErrors: readonly Located[] };
export type PartsAnswer =
  | Failure
  | {
      readonly type: 'success';
      readonly policies: readonly string[];
      readonly policy_templates: readonly string[];
    };
export type PolicyJsonAnswer =
  | Failure
  | {
      readonly type: 'success';
      readonly json: {
        readonly effect: 'permit' | 'forbid';
        readonly action: ActionScope;
        readonly conditions: readonly Clause[];
        readonly annotations?: Readonly<Record<string, string>>;
      };
    };
export type ActionScope =
  | { readonly op: 'All' }
  | { readonly op: '=='; readonly entity?: unknown }
  | { readonly op: 'in'; readonly entity?: unknown; readonly entities?: readonly unknown[] };
