export declare const sidePackages: readonly string[];
export declare const suitesWithPackages: Readonly<Record<string, readonly string[]>>;
