import type { District, Language, View } from "./contract";
import { LanguageSwitch } from "./parts/LanguageSwitch";
import { YearPicker } from "./parts/YearPicker";
import { useReading } from "./reading";

interface Props {
  view: View;
  district: District;
  year: number;
  onYear: (year: number) => void;
  onLanguage: (language: Language) => void;
}

export function PageHead({ view, district, year, onYear, onLanguage }: Props) {
  const { say, name } = useReading();
  return (
    <header class="head">
      <div class="head-title">
        <p class="head-kind">{say(view.live === undefined ? "view_report" : "view_workbench")}</p>
        <h1>{name(district.name)}</h1>
      </div>
      <YearPicker years={district.years} year={year} onChange={onYear} />
      <div class="head-tools">
        <LanguageSwitch onChange={onLanguage} />
        <button type="button" class="quiet" onClick={() => window.print()}>
          {say("view_print")}
        </button>
      </div>
      <p class="print-only">{say("view_shown_year", year)}</p>
    </header>
  );
}
