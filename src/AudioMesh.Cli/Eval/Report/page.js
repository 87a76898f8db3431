document.documentElement.classList.add("scripted");

for (const tabs of document.querySelectorAll(".tabs")) {
  const buttons = [...tabs.querySelectorAll("[role=tab]")];
  const show = chosen => {
    for (const button of buttons) {
      button.setAttribute("aria-selected", button === chosen);
      document.getElementById(button.dataset.panel).classList.toggle("shown", button === chosen);
    }
  };
  buttons.forEach(button => button.addEventListener("click", () => show(button)));
  show(buttons[Math.min(1, buttons.length - 1)]);
}

for (const box of document.querySelectorAll("[data-switch]")) {
  const waves = box.closest(".example").querySelectorAll(`[data-wave="${CSS.escape(box.dataset.switch)}"]`);
  const show = () => waves.forEach(wave => wave.classList.toggle("off", !box.checked));
  box.addEventListener("change", show);
  show();
}

for (const tile of document.querySelectorAll(".tile")) {
  const audio = tile.querySelector("audio");
  tile.querySelector("button").addEventListener("click", () => {
    const wasPlaying = !audio.paused;
    document.querySelectorAll("audio").forEach(other => other.pause());
    if (!wasPlaying) {
      audio.currentTime = 0;
      audio.play();
    }
  });
  audio.addEventListener("play", () => tile.classList.add("playing"));
  audio.addEventListener("pause", () => tile.classList.remove("playing"));
}
