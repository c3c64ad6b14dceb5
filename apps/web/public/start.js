// Theme and language must be right before the first paint, and a module runs after it.
(() => {
  const read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const theme = read("theme");
  const dark =
    theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  const spoken = navigator.languages
    .map((tag) => tag.slice(0, 2))
    .find((tag) => tag === "ja" || tag === "en");
  const root = document.documentElement;
  root.dataset.theme = dark ? "dark" : "light";
  root.lang =
    read("locale") === "ja" || read("locale") === "en" ? read("locale") : (spoken ?? "en");
})();
