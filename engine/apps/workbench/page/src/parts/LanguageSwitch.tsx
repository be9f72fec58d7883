import type { Language } from "../contract";
import { useReading } from "../reading";

interface Props {
  onChange: (language: Language) => void;
}

const languages: Language[] = ["zh", "en"];

export function LanguageSwitch({ onChange }: Props) {
  const { say, language } = useReading();
  const words: Record<Language, string> = { zh: say("view_language_zh"), en: say("view_language_en") };
  return (
    <div class="languages" role="group" aria-label={say("view_language")}>
      {languages.map((one) => (
        <button
          key={one}
          type="button"
          lang={one}
          aria-pressed={one === language}
          onClick={() => onChange(one)}
        >
          {words[one]}
        </button>
      ))}
    </div>
  );
}
