export declare function writeErrorCatalogue(page: string, schemaText: string): string;
