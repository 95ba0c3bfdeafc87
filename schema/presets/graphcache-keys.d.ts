// Emitted by `npm run schema`; edit src/graph/presets.ts instead.

export declare const keys: Record<string, () => null>;
