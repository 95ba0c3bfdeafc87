// Emitted by `npm run schema`; edit src/graph/presets.ts instead.

export declare const scalarMocks: Record<string, () => unknown>;
