import { useEffect, useState } from "preact/hooks";
import { useReading } from "../reading";

interface Item {
  id: string;
  text: string;
}

/** Goes to a section without a word in the address, where the workbench keeps its sessions. */
export function goTo(id: string): void {
  const section = document.getElementById(id);
  section?.scrollIntoView();
  section?.focus({ preventScroll: true });
}

/** The section that is being read: the last one that begins above the upper third of the window. */
function useCurrent(items: Item[]): string {
  const [current, setCurrent] = useState(items[0]?.id ?? "");
  const ids = items.map((item) => item.id).join(" ");
  useEffect(() => {
    const follow = () => {
      const line = window.innerHeight / 3;
      const above = ids.split(" ").filter((id) => {
        const top = document.getElementById(id)?.getBoundingClientRect().top;
        return top !== undefined && top <= line;
      });
      setCurrent(above.at(-1) ?? ids.split(" ")[0] ?? "");
    };
    follow();
    window.addEventListener("scroll", follow, { passive: true });
    return () => window.removeEventListener("scroll", follow);
  }, [ids]);
  return current;
}

export function Navigation({ items }: { items: Item[] }) {
  const { say } = useReading();
  const current = useCurrent(items);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <nav class={isOpen ? "navigation navigation-open" : "navigation"} aria-label={say("view_contents")}>
      <button
        type="button"
        class="navigation-toggle"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        {say("view_contents")}
      </button>
      <ul>
        {items.map((item) => (
          <li key={item.id}>
            <a
              href={`#${item.id}`}
              {...(item.id === current ? { "aria-current": "true" as const } : {})}
              onClick={(event) => {
                event.preventDefault();
                setIsOpen(false);
                goTo(item.id);
              }}
            >
              {item.text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
