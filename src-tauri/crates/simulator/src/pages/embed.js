// What a page that embeds the signup does, as in Meta's sample ("Embedded Signup: implementation", 2026).

import { h, part, signupState } from "./parts.js";

const log = (source, told) => part("#log").append(h("li", {}, h("span", { className: "source", textContent: `${source} ` }), told));

window.fbAsyncInit = async () => {
  const { app_id: appId } = await signupState();
  window.FB.init({ appId, autoLogAppEvents: true, xfbml: true, version: "v25.0" });
  part("#login").disabled = false;
};

addEventListener("message", (event) => {
  if (event.origin !== location.origin) return;
  log("message", String(event.data));
});

part("#login").onclick = () => {
  window.FB.login((response) => log("FB.login", JSON.stringify(response)), {
    config_id: "1", response_type: "code", override_default_response_type: true,
    extras: { setup: {}, featureType: "whatsapp_business_app_onboarding", sessionInfoVersion: "3" },
  });
};

document.head.append(h("script", { src: "/en_US/sdk.js", async: true, crossOrigin: "anonymous" }));
