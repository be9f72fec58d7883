import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { Language, View } from "./contract";
import { ExplainContext } from "./parts/explanation";
import type { Explanation } from "./parts/explanation";
import { ExplainDialog } from "./parts/ExplainDialog";
import { PageHead } from "./PageHead";
import { goTo, Navigation } from "./parts/Navigation";
import { makeReading, ReadingContext } from "./reading";
import { sections } from "./sections/all";
import { Slot } from "./sections/Slot";
import type { Shown } from "./sections/shown";
import { useProgress } from "./use_progress";

interface Props {
  view: View;
  language: Language;
  onLanguage: (language: Language) => void;
  year: number;
  onYear: (year: number) => void;
  /** Of the workbench: its bar above the sections, and its panel beside them. */
  bar?: ComponentChildren;
  panel?: ComponentChildren;
  /** Figures follow a slider, and all else is that of a moment ago. */
  isFollowing?: boolean;
}

/** All sections of a view for one year in one language. */
export function Page({ view, language, onLanguage, year, onYear, bar, panel, isFollowing = false }: Props) {
  const reading = useMemo(
    () => makeReading(language, view.words, view.units),
    [language, view.words, view.units],
  );
  const [explanation, setExplanation] = useState<Explanation | null>(null);
  const closeExplanation = useCallback(() => setExplanation(null), []);
  const district = view.districts[0];
  const title = district === undefined ? "" : reading.name(district.name);
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = title;
  }, [language, title]);
  const progress = useProgress(sections.length);
  if (district === undefined) {
    return <p class="nothing">{reading.say("view_no_district")}</p>;
  }
  const shown: Shown = {
    district,
    year,
    index: district.years.indexOf(year),
    detail: district.details.find((detail) => detail.year === year),
  };
  const context = { view, shown, say: reading.say };
  const present = sections.filter((section) => section.isShown(context));
  return (
    <ReadingContext.Provider value={reading}>
      <ExplainContext.Provider value={setExplanation}>
        <a
          class="skip"
          href="#main"
          onClick={(event) => {
            event.preventDefault();
            goTo("main");
          }}
        >
          {reading.say("view_skip")}
        </a>
        <PageHead view={view} district={district} year={year} onYear={onYear} onLanguage={onLanguage} />
        <div class={panel === undefined ? "page" : "page page-live"}>
          {panel}
          <Navigation
            items={present.map((section) => ({ id: section.id, text: reading.say(section.title) }))}
          />
          <main id="main" class={isFollowing ? "main main-following" : "main"} tabIndex={-1}>
            {bar}
            {district.failure !== undefined && (
              <p class="banner banner-bad" role="alert">
                {reading.say("view_failure", district.failure)}
              </p>
            )}
            {present.slice(0, progress).map((section) => (
              <Slot key={section.id} entry={section} context={context} />
            ))}
            {shown.detail === undefined && <p class="nothing">{reading.say("view_no_detail", year)}</p>}
            <footer class="foot">
              {reading.say("view_made_by", view.engine.version, view.engine.commit, district.hash)}
            </footer>
          </main>
        </div>
        <ExplainDialog explanation={explanation} onClose={closeExplanation} />
      </ExplainContext.Provider>
    </ReadingContext.Provider>
  );
}
