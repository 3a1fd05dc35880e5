import { useState } from 'preact/hooks';

const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];
const key = 'ingress-assay-theme';

/** Shown where the browser keeps nothing for pages like this one: the system's. */
function kept(): Theme {
  try {
    return themes.find((theme) => theme === localStorage.getItem(key)) ?? 'system';
  } catch {
    return 'system';
  }
}

function show(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Takes the theme that the reader chose the last time. */
export const restoreTheme = (): void => show(kept());

/** Goes from the system's theme to light to dark. */
export function ThemeButton() {
  const [theme, setTheme] = useState<Theme>(kept);
  const turn = () => {
    const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
    try {
      localStorage.setItem(key, next);
    } catch {
      // It holds as long as the page is open.
    }
    show(next);
    setTheme(next);
  };
  return (
    <button type="button" class="quiet" onClick={turn} aria-label={`Theme: ${theme}`}>
      <span aria-hidden="true">{{ system: '◐', light: '○', dark: '●' }[theme]}</span> <span class="word">{theme}</span>
    </button>
  );
}
