import type { ComponentChildren } from "preact";
import type { View } from "../contract";
import type { WordKey } from "../words";
import { Balance } from "./Balance";
import { ChainGraphSection } from "./ChainGraphSection";
import { ComparisonSection } from "./ComparisonSection";
import { Confidence } from "./Confidence";
import { DualControl, isOfDualControl } from "./DualControl";
import { FirstScreen } from "./FirstScreen";
import { Flows } from "./Flows";
import { Fronts } from "./Fronts";
import { Indicators } from "./Indicators";
import { Parts } from "./Parts";
import { Policies } from "./Policies";
import { Projects } from "./Projects";
import { Samples } from "./Samples";
import { Standards } from "./Standards";
import type { Shown } from "./shown";

export interface Context {
  view: View;
  shown: Shown;
  say(key: WordKey, ...values: (string | number)[]): string;
}

export interface Entry {
  id: string;
  /** In the navigation. */
  title: WordKey;
  /** A section without data is left out. */
  isShown: (context: Context) => boolean;
  render: (context: Context) => ComponentChildren;
  /** All that it is drawn from: while a slider moves, what does not follow it is not drawn again. */
  needs: (context: Context) => unknown[];
}

const always = () => true;

/** The sections of the page in their order. */
export const sections: Entry[] = [
  {
    id: "screen",
    title: "view_screen",
    needs: ({ shown }) => [shown.district],
    isShown: always,
    render: ({ shown }) => <FirstScreen shown={shown} />,
  },
  {
    id: "paths",
    title: "view_paths",
    needs: ({ shown }) => [shown.district, shown.year],
    isShown: ({ shown }) => shown.district.policies.some(isOfDualControl),
    render: ({ shown }) => <DualControl shown={shown} />,
  },
  {
    id: "policies",
    title: "view_policies_short",
    needs: ({ shown }) => [shown.district, shown.year],
    isShown: ({ shown }) => shown.district.policies.length > 0,
    render: ({ shown }) => <Policies shown={shown} />,
  },
  {
    id: "indicators",
    title: "view_indicators",
    needs: ({ shown }) => [shown.district, shown.year],
    isShown: ({ shown }) => shown.district.indicators.length > 0,
    render: ({ shown }) => <Indicators shown={shown} />,
  },
  {
    id: "flows",
    title: "view_flows_short",
    needs: ({ shown }) => [shown.detail],
    isShown: ({ shown }) => shown.detail !== undefined,
    render: ({ shown: { detail } }) => detail && <Flows detail={detail} />,
  },
  {
    id: "graph",
    title: "view_graph",
    needs: ({ shown }) => [shown.detail],
    isShown: ({ shown }) => (shown.detail?.graph.nodes.length ?? 0) > 0,
    render: ({ shown: { detail } }) =>
      detail && <ChainGraphSection graph={detail.graph} year={detail.year} />,
  },
  {
    id: "balance",
    title: "view_balance_short",
    needs: ({ shown }) => [shown.detail],
    isShown: ({ shown }) => (shown.detail?.balance.rows.length ?? 0) > 0,
    render: ({ shown: { detail } }) => detail && <Balance detail={detail} />,
  },
  {
    id: "projects",
    title: "view_projects",
    needs: ({ shown }) => [shown.district.projects],
    isShown: ({ shown }) => shown.district.projects.rows.length > 0,
    render: ({ shown }) => <Projects part={shown.district.projects} />,
  },
  {
    id: "standards",
    title: "view_standards_short",
    needs: ({ shown }) => [shown.detail],
    isShown: ({ shown }) => (shown.detail?.products.length ?? 0) > 0,
    render: ({ shown: { detail } }) => detail && <Standards products={detail.products} year={detail.year} />,
  },
  {
    id: "economics",
    title: "view_economics",
    needs: ({ shown }) => [shown.district.economics],
    isShown: ({ shown }) => shown.district.economics.rows.length > 0,
    render: ({ shown, say }) => (
      <Parts id="economics" title={say("view_economics")} parts={[shown.district.economics]} isSortable />
    ),
  },
  {
    id: "comparison",
    title: "view_comparison",
    needs: ({ view }) => [view.comparison],
    isShown: always,
    render: ({ view }) => <ComparisonSection comparison={view.comparison} />,
  },
  {
    id: "fronts",
    title: "view_fronts",
    needs: ({ view }) => [view.fronts],
    isShown: always,
    render: ({ view }) => <Fronts fronts={view.fronts} />,
  },
  {
    id: "samples",
    title: "view_samples",
    needs: ({ view, shown }) => [view.samples, shown.year],
    isShown: always,
    render: ({ view, shown }) => <Samples samples={view.samples} year={shown.year} />,
  },
  {
    id: "gaps",
    title: "view_gaps",
    needs: ({ shown }) => [shown.district.gaps, shown.district.outages],
    isShown: ({ shown }) => shown.district.gaps.length + shown.district.outages.rows.length > 0,
    render: ({ shown: { district }, say }) => (
      <Parts
        id="gaps"
        title={say("view_gaps")}
        lead={say("view_gaps_lead")}
        parts={district.outages.rows.length > 0 ? [...district.gaps, district.outages] : district.gaps}
        isSortable
      />
    ),
  },
  {
    id: "confidence",
    title: "view_confidence_short",
    needs: ({ shown }) => [shown.district, shown.year],
    isShown: ({ shown }) =>
      shown.district.indicators.some((one) => one.key && one.confidence[shown.index] != null),
    render: ({ shown }) => <Confidence shown={shown} />,
  },
  {
    id: "further",
    title: "view_further",
    needs: ({ shown }) => [shown.detail],
    isShown: ({ shown }) => (shown.detail?.parts.length ?? 0) > 0,
    render: ({ shown: { detail }, say }) =>
      detail && <Parts id="further" title={say("view_further_in", detail.year)} parts={detail.parts} />,
  },
  {
    id: "two-pages",
    title: "view_two_pages",
    needs: ({ shown }) => [shown.district.report],
    isShown: ({ shown }) => shown.district.report.length > 0,
    render: ({ shown, say }) => (
      <Parts
        id="two-pages"
        title={say("view_two_pages")}
        lead={say("view_two_pages_lead", shown.district.year)}
        parts={shown.district.report}
      />
    ),
  },
];
