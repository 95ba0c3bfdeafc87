export interface Base<Name extends string> {
  readonly id: string;
  readonly object: Name;
  created_at: number;
  updated_at: number;
}
