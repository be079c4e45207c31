// What the content policy refused, kept for the tests; loaded before everything else.

declare global {
  interface Window {
    __cspViolations: { directive: string; uri: string; sample: string }[];
  }
}

window.__cspViolations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.__cspViolations.push({
    directive: event.effectiveDirective,
    uri: event.blockedURI,
    sample: event.sample,
  });
});

export {};
