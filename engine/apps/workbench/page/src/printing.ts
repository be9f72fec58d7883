// While a page is printed its root has the class `printing`, which gives it the width of the paper: charts measure
// themselves then, before the browser lays the paper out.

const root = document.documentElement;
const mark = "printing";

export function prepareForPrinting(): void {
  window.addEventListener("beforeprint", () => root.classList.add(mark));
  window.addEventListener("afterprint", () => root.classList.remove(mark));
}

export function isPrinting(): boolean {
  return root.classList.contains(mark);
}
