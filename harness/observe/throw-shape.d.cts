import type { Evaluation, ThrowState } from '../model/throw-state.ts';

/** 0-based. */
interface Place {
  readonly lineNumber: number;
  readonly columnNumber?: number;
}

/** What of V8's `Debugger.paused` is read, with the addresses of the scripts by id. */
export interface PausedEvent {
  readonly scripts: ReadonlyMap<string, string>;
  readonly reason: string;
  readonly data?: object;
  readonly callFrames: readonly {
    readonly callFrameId: string;
    readonly functionName: string;
    readonly location: Place & { readonly scriptId: string };
    readonly scopeChain: readonly {
      readonly type: string;
      readonly object: { readonly objectId?: string };
      readonly startLocation?: Place;
      readonly endLocation?: Place;
    }[];
    readonly this: { readonly objectId?: string; readonly value?: unknown };
  }[];
}

export function thrownBy(event: PausedEvent): Pick<ThrowState, 'errorType' | 'message'> | undefined;
export function objectsOf(event: PausedEvent): { readonly objectId: string; readonly depth: number }[];
interface RemoteObject {
  readonly type: string;
  readonly value?: unknown;
  readonly unserializableValue?: string;
  readonly description?: string;
}

export function frameToAsk(event: PausedEvent): string | undefined;
export function evaluationOf(
  expression: string,
  answer:
    | {
        readonly result: RemoteObject;
        readonly exceptionDetails?: { readonly text: string; readonly exception?: RemoteObject };
      }
    | undefined,
): Evaluation;
export function stateOf(
  event: PausedEvent,
  copies: ReadonlyMap<string, unknown>,
  facts: Pick<ThrowState, 'runtime' | 'at' | 'during' | 'evaluated'>,
): ThrowState;
