// Writes the newest figures into the live page once a second; the picture moves without it.
"use strict";
const live = document.getElementById("live");
const dark = window.matchMedia("(prefers-color-scheme: dark)");
let beats = 0;

function write(id, text) {
  const place = document.getElementById(id);
  if (place.textContent !== text) place.textContent = text;
}

function show(state) {
  // Another stage is another page.
  if (state.stage !== live.dataset.stage) {
    window.location.reload();
    return;
  }
  for (const id of ["faces", "reason", "verdict", "viewers", "trouble"]) write(id, state[id] || (id === "faces" ? state.status : ""));
  document.getElementById("trouble").hidden = !state.trouble;
  document.querySelector(".verdict").className = `verdict ${state.verdict_kind}`;
  beats += 1;
  const address = `${live.dataset.chart}?theme=${dark.matches ? "dark" : "light"}&beat=${beats}`;
  // A source beside it would be taken in its place.
  for (const source of document.querySelectorAll(".chart source")) source.remove();
  document.getElementById("chart").src = address;
}

async function beat() {
  try {
    const answer = await fetch(live.dataset.state, { cache: "no-store", signal: AbortSignal.timeout(5000) });
    if (answer.ok) show(await answer.json());
  } catch {
    // Gone for a moment, or for good: the next beat tells.
    write("trouble", live.dataset.lost);
    document.getElementById("trouble").hidden = false;
  }
  window.setTimeout(beat, 1000);
}

window.setTimeout(beat, 500);
