/** The nearest rank, as HDR histograms have it; 0 of nothing. @param sorted smallest first */
export function percentileOf(sorted: readonly number[], percent: number): number {
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
}
