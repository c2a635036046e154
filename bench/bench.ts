/** What a bench is: a name, a sentence, and a measurement that gives rows for people and figures for machines. */

export interface BenchResult {
  readonly rows: readonly Readonly<Record<string, string | number>>[];
  readonly figures: Readonly<Record<string, number>>;
}

export interface Bench {
  readonly name: string;
  readonly summary: string;
  measure(): Promise<BenchResult>;
}
