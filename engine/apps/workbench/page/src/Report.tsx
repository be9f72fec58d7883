import { useState } from "preact/hooks";
import type { View } from "./contract";
import { Page } from "./Page";

/** The view that a file holds. */
export function Report({ view }: { view: View }) {
  const [language, setLanguage] = useState(view.language);
  const [year, setYear] = useState(view.districts[0]?.year ?? 0);
  return <Page view={view} language={language} onLanguage={setLanguage} year={year} onYear={setYear} />;
}
