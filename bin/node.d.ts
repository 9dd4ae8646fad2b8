export const GEZHI_FLAGS: readonly string[];
export function node24(): string;
export function runNode24(args: readonly string[]): void;
