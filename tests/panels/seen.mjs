// What draw.mjs asks of a page that draws a dashboard; these run in the browser.

/** Ids of the panels of which nothing can be seen yet, out of `ids`. */
export function missing(ids) {
  const text = (element) => element.textContent.trim() !== "";
  const painted = (canvas) => {
    const { width, height } = canvas;
    return width > 0 && height > 0 && canvas.getContext("2d").getImageData(0, 0, width, height).data.some((byte) => byte !== 0);
  };
  const some = (panel, selector, holds) => [...panel.querySelectorAll(selector)].some(holds);
  const body = '[data-testid="data-testid panel content"] ';
  const signs = {
    nothing: (panel) => some(panel, `${body}p`, text),
    stat: (panel) => some(panel, `${body}span`, text),
    table: (panel) => some(panel, '[role="cell"]', text),
    timeseries: (panel) => some(panel, "canvas", painted),
    heatmap: (panel) => some(panel, "canvas", painted) && some(panel, "[data-cells]", ({ dataset }) => dataset.cells > 0),
  };
  return ids.filter((id) => {
    const panel = document.querySelector(`[data-panel="${id}"]`);
    // The sign that there is a description takes room beside the title, and comes later.
    return !panel?.querySelector('[data-testid="title-items-container"] svg path') || !signs[panel.dataset.type]?.(panel);
  });
}

/** The words of titles and table cells that do not fit where they stand, as "title: words". */
export function cut() {
  // Whatever around them hides what goes beyond it; at the left too, where numbers stand at the right.
  const fits = (element) => {
    const words = document.createRange();
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      words.selectNodeContents(texts.currentNode);
      const inner = words.getBoundingClientRect();
      for (let around = texts.currentNode.parentElement; around; around = around.parentElement) {
        const outer = around.getBoundingClientRect();
        const hides = around === element || getComputedStyle(around).overflowX !== "visible";
        if (hides && (inner.left < outer.left || inner.right > outer.right)) return false;
      }
    }
    return true;
  };
  return [...document.querySelectorAll("[data-panel]")].flatMap((panel) => {
    const title = panel.querySelector("h2");
    const cells = [...panel.querySelectorAll('[role="columnheader"], [role="cell"]')];
    return [title, ...cells].filter((element) => !fits(element)).map((element) => `${title.textContent}: ${element.textContent}`);
  });
}
