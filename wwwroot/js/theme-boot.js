// Runs before the first paint (a plain script, not a module): the theme and language last chosen, else the system's.
(() => {
    const read = (/** @type {string} */ key) => {
        try {
            return localStorage.getItem(key);
        } catch {
            return null;
        }
    };
    const chosen = read('opsmap.theme');
    const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    const asked = new URLSearchParams(location.search).get('lang') ?? read('opsmap.lang');
    document.documentElement.lang = asked === 'en' ? 'en' : 'zh-CN';
})();
