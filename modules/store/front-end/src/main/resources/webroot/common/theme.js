// Light or dark: as the system says, until the person chooses on the page. Loaded before the page is
// drawn, so that it never flashes in the other colours; so it is no module.
(() => {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const current = () => root.dataset.theme ?? (dark.matches ? 'dark' : 'light');
  const kept = (() => {
    try {
      return localStorage.getItem('theme');
    } catch {
      return null; // Where nothing may be kept, the choice lasts as long as the page.
    }
  })();
  if (kept === 'light' || kept === 'dark') {
    root.dataset.theme = kept;
  }

  addEventListener('DOMContentLoaded', () => {
    const button = document.querySelector('[data-theme-switch]');
    const show = () => {
      const other = current() === 'dark' ? 'light' : 'dark';
      button.textContent = other === 'dark' ? '☾' : '☀';
      button.title = `Switch to ${other} colours`;
      button.setAttribute('aria-label', button.title);
    };
    button.addEventListener('click', () => {
      root.dataset.theme = current() === 'dark' ? 'light' : 'dark';
      try {
        localStorage.setItem('theme', root.dataset.theme);
      } catch {
        // See above.
      }
      show();
    });
    dark.addEventListener('change', show);
    show();
  });
})();
