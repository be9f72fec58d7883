import { useEffect, useMemo, useState } from "preact/hooks";
import type { Language } from "../contract";
import { makeReading, ReadingContext } from "../reading";
import type { Words } from "../words";
import { readAddress, writeAddress } from "./address";
import { api, messageOf } from "./api";
import type { Opened } from "./api";
import { Banner } from "./Banner";
import { SessionLoader } from "./SessionLoader";
import { StartScreen } from "./StartScreen";

function preferredLanguage(): Language {
  return navigator.language.startsWith("zh") ? "zh" : "en";
}

/** The live page: a start screen, and a session for each scenario that is open. */
export function Workbench() {
  const [language, setLanguage] = useState<Language>(preferredLanguage);
  const [words, setWords] = useState<Words | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [address, setAddress] = useState(() => readAddress(window.location.hash));
  // What was just opened; a session that is come back to is asked for, since it has changed since then.
  const [opened, setOpened] = useState<Opened | null>(null);
  const reading = useMemo(() => makeReading(language, words ?? {}, {}), [language, words]);

  useEffect(() => {
    api.words().then(setWords, (error: unknown) => setFailure(messageOf(error)));
  }, []);
  useEffect(() => {
    window.history.replaceState(null, "", writeAddress(address) || window.location.pathname);
  }, [address]);
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    if (address.at === null && words !== null) {
      document.title = reading.say("view_workbench");
    }
  }, [language, reading, address.at, words]);

  const open = (one: Opened, instead?: string) => {
    const others = address.sessions.filter((session) => session !== instead && session !== one.session);
    setOpened(one);
    setAddress({ sessions: [...others, one.session], at: one.session });
  };
  const show = (at: string | null) => {
    setOpened(null);
    setAddress({ ...address, at });
  };
  const close = (session: string) => {
    const sessions = address.sessions.filter((other) => other !== session);
    setOpened(null);
    setAddress({ sessions, at: sessions[0] ?? null });
    // The server ends a session that nobody asks for by itself, so that a failure here costs nothing.
    api.close(session).catch(() => undefined);
  };

  if (failure !== null) {
    return <Banner message={failure} onRetry={() => window.location.reload()} />;
  }
  if (words === null) {
    return <div class="waiting" aria-busy="true" />;
  }
  return (
    <ReadingContext.Provider value={reading}>
      {address.at === null ? (
        <StartScreen
          onLanguage={setLanguage}
          onOpened={open}
          onBack={address.sessions[0] === undefined ? undefined : () => show(address.sessions[0] ?? null)}
        />
      ) : (
        <SessionLoader
          key={address.at}
          session={address.at}
          sessions={address.sessions}
          opened={opened}
          language={language}
          onLanguage={setLanguage}
          onOpened={open}
          onShow={show}
          onClose={close}
        />
      )}
    </ReadingContext.Provider>
  );
}
