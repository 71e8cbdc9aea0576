// A page of the preview hears of changes: it loads anew, takes new style sheets, or shows what is wrong.
(() => {
  const { seen } = document.currentScript.dataset;
  const address = `/__jianbao/live?${seen}&${encodeURIComponent(location.pathname)}`;
  const page = document.querySelector("main.jianbao-trouble pre");
  let stream = null;
  let box = null;

  const made = (name, properties) => Object.assign(document.createElement(name), properties);

  const overlay = () => {
    const sheet = made("link", { rel: "stylesheet", href: "/__jianbao/live.css" });
    box = made("dialog", { className: "jianbao-trouble" });
    const title = made("h1", { textContent: "The last change could not be built", id: "jianbao-trouble" });
    const text = made("pre", { tabIndex: 0 });
    text.setAttribute("role", "alert");
    const close = made("button", { type: "button", textContent: "Close (Esc)" });
    close.addEventListener("click", () => box.close());
    box.setAttribute("aria-labelledby", title.id);
    box.append(title, text, made("p", { textContent: "Below is the last version that could." }), close);
    document.head.append(sheet);
    document.body.append(box);
  };

  const trouble = (message) => {
    if (page) {
      page.textContent = message;
      return;
    }
    if (!box) overlay();
    const text = box.querySelector("pre");
    if (text.textContent === message) return;
    text.textContent = message;
    if (!box.open) box.showModal();
    text.focus();
  };

  const restyle = (sheets, version) => {
    const links = [...document.querySelectorAll("link[rel=stylesheet i]")].filter((link) => !link.href.includes("/__jianbao/"));
    if (links.length !== sheets.length) return location.reload();
    links.forEach((link, index) => {
      const next = link.cloneNode();
      const url = new URL(sheets[index], document.baseURI);
      url.searchParams.set("at", version);
      next.href = url;
      // The old one goes when the new one is there, so that the page is never bare.
      next.addEventListener("load", () => link.remove());
      next.addEventListener("error", () => location.reload());
      link.after(next);
    });
  };

  const leave = () => {
    stream?.close();
    stream = null;
  };

  const listen = () => {
    if (stream || document.hidden) return;
    stream = new EventSource(address);
    stream.addEventListener("reload", () => {
      leave();
      location.reload();
    });
    stream.addEventListener("styles", (event) => restyle(JSON.parse(event.data), Date.now()));
    stream.addEventListener("trouble", (event) => trouble(event.data));
    stream.addEventListener("error", () => {
      // Some browsers give up where nobody answers; the preview may come back.
      if (stream?.readyState !== EventSource.CLOSED) return;
      leave();
      setTimeout(listen, 1000);
    });
  };

  // A browser has six connections for all pages of a site: those that nobody sees leave theirs.
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : listen()));
  addEventListener("pagehide", leave);
  addEventListener("pageshow", listen);
  listen();
})();
