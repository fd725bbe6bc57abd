/** Finds, in the page it is evaluated in, every text whose contrast to its ground is below WCAG's 4.5 to 1. */
export const tooFaint = `(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  // Lets the browser itself turn any notation into numbers, laid over what is beneath.
  const paint = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = (rgb) => {
    const [red, green, blue] = rgb.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const grounds = (element) => (element ? [...grounds(element.parentElement), getComputedStyle(element).backgroundColor] : []);
  const contrast = (element) => {
    const beneath = grounds(element);
    const [low, high] = [luminance(paint(beneath)), luminance(paint([...beneath, getComputedStyle(element).color]))].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const bearsText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "");
  return [...document.body.querySelectorAll("*")]
    .filter((element) => bearsText(element) && element.checkVisibility() && !element.closest("#terminal, .unseen, noscript"))
    .map((element) => ({ text: element.textContent.slice(0, 40), contrast: Number(contrast(element).toFixed(2)) }))
    .filter(({ contrast }) => contrast < 4.5);
})()`;
