// Swaps in the form of reports.
import { formatWh, type EmbodimentNumber, type SwapId, type SwapStage } from '@wattlock/core';
import type { Course } from './course';

/** One swap as reports show it. */
export interface SwapSummary {
  readonly id: SwapId;
  readonly embodiment: EmbodimentNumber;
  readonly outcome: SwapStage;
  readonly lots: number;
  readonly energyWh: string;
}

export function summarise({ proposal, stage }: Course): SwapSummary {
  const { agreement, swapId } = proposal;
  return {
    id: swapId,
    embodiment: agreement.embodiment,
    outcome: stage,
    lots: agreement.lots.length,
    energyWh: formatWh(agreement.energyWh),
  };
}
