// Emitted by `npm run schema`; edit src/graph/presets.ts instead.

import type { TypePolicies } from "@apollo/client";

export declare const typePolicies: TypePolicies;
