// The form does without this. It adds two things: up and down go from time to time, and dragging marks several.
"use strict";
(() => {
  const form = document.querySelector("form.times");
  if (!form) return;
  const slots = [...form.querySelectorAll(".slot")];
  const choice = (slot, like) => slot.querySelector(`.${like.parentElement.classList[1]} input`);
  form.querySelector(".hint").hidden = slots.length < 2;

  form.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const here = event.target.closest(".slot");
    if (!step || !here || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = slots[slots.indexOf(here) + step];
    if (next) choice(next, event.target).focus();
  });

  let brush = null; // what is painted, and where it began; a finger scrolls, and only taps
  form.addEventListener("pointerdown", (event) => {
    const label = event.target.closest(".choice");
    if (!label || event.pointerType === "touch" || event.button !== 0) return;
    brush = { like: label.querySelector("input"), slot: label.closest(".slot"), moved: false };
  });
  form.addEventListener("pointermove", (event) => {
    if (!brush || !(event.buttons & 1)) return;
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const slot = under && under.closest(".slot");
    if (!slot || (slot === brush.slot && !brush.moved)) return;
    brush.moved = true;
    const from = slots.indexOf(brush.slot), to = slots.indexOf(slot);
    for (const one of slots.slice(Math.min(from, to), Math.max(from, to) + 1)) {
      choice(one, brush.like).checked = true;
    }
  });
  for (const over of ["pointerup", "pointercancel", "blur"]) window.addEventListener(over, () => { brush = null; });
})();
