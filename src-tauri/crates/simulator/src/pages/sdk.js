// The part of Meta's JavaScript SDK that embedded signup needs (Meta, "Embedded Signup: implementation", 2026): FB.init
// and FB.login. It finds the simulator by the address it was loaded from.
(() => {
  "use strict";

  const script = document.currentScript;
  const meta = new URL(script.src).origin;
  const UNKNOWN = { authResponse: null, status: "unknown" };
  const CLOSED_EVERY_MS = 250;
  const WINDOW = "popup,width=600,height=760";

  let settings = null;

  function init(given) {
    if (!/^v\d+\.\d+$/.test(given?.version ?? "")) throw new Error("init not called with valid version");
    settings = given;
  }

  function dialogOf(options, name) {
    const query = new URLSearchParams({
      app_id: settings.appId, client_id: settings.appId, cbt: name, display: "popup", origin: location.origin, sdk: "joey",
      // Without the override the SDK asks for a token, which a business configuration does not give.
      response_type: options.override_default_response_type ? options.response_type ?? "" : "token,signed_request,graph_domain",
    });
    for (const key of ["config_id", "scope", "auth_type", "override_default_response_type"]) {
      if (options[key] !== undefined) query.set(key, options[key]);
    }
    if (options.extras) query.set("extras", JSON.stringify(options.extras));
    return `${meta}/${settings.version}/dialog/oauth?${query}`;
  }

  function login(callback, options = {}) {
    if (!settings) {
      console.warn("FB.login() called before FB.init().");
      return;
    }
    const name = `f${Math.random().toString(16).slice(2, 15)}`;
    const popup = window.open(dialogOf(options, name), name, WINDOW);
    let timer = 0;
    let isOver = false;
    const end = (response) => {
      if (isOver) return;
      isOver = true;
      clearInterval(timer);
      removeEventListener("message", listen);
      callback?.(response);
    };
    const listen = (event) => {
      if (event.source !== popup || event.origin !== meta || typeof event.data !== "string") return;
      const told = new URLSearchParams(event.data);
      if (told.get("cb") === name && told.get("code")) end({ authResponse: { code: told.get("code") }, status: "connected" });
    };
    if (!popup) {
      end(UNKNOWN);
      return;
    }
    addEventListener("message", listen);
    timer = setInterval(() => {
      if (!popup.closed) return;
      clearInterval(timer);
      // What the window told last may still be on its way.
      setTimeout(() => end(UNKNOWN), 100);
    }, CLOSED_EVERY_MS);
  }

  window.FB = {
    init, login,
    getLoginStatus: (callback) => callback?.(UNKNOWN),
    getAuthResponse: () => null,
    logout: (callback) => callback?.(UNKNOWN),
    AppEvents: { logPageView() {}, logEvent() {} },
    XFBML: { parse() {} },
  };

  // <script src="…/sdk.js#xfbml=1&version=v25.0&appId=…"> needs no FB.init.
  const written = new URLSearchParams(new URL(script.src).hash.slice(1));
  if (written.get("appId")) init({ appId: written.get("appId"), version: written.get("version") });
  // The page is told once the script has ended, as Meta's does.
  setTimeout(() => window.fbAsyncInit?.(), 0);
})();
