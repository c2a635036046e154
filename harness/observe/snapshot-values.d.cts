/** A bounded copy of `this`, to be sent by its text; `deepest` levels of objects. */
declare function snapshotValues(this: unknown, deepest: number): unknown;
export = snapshotValues;
