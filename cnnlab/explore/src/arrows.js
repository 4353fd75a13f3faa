/** Small arrows over a picture: where the brightness rises, and how steeply. */
const APART = 14; // pixels of the page from one arrow to the next

/**
 * Draw on a canvas of the page's own resolution.
 *
 * @param {HTMLCanvasElement} canvas @param {ReturnType<import("./filtering.js").gradient>} slopes
 * @param {number} limit the steepest slope @param {string} colour
 */
export function drawArrows(canvas, { gx, gy, values, rows, columns }, limit, colour) {
  const { width, height } = canvas.getBoundingClientRect();
  const dots = devicePixelRatio;
  [canvas.width, canvas.height] = [width * dots, height * dots];
  const pen = canvas.getContext("2d");
  pen.scale(dots, dots);
  [pen.strokeStyle, pen.lineWidth, pen.lineCap] = [colour, 1.6, "round"];
  for (let y = APART / 2; y < height; y += APART)
    for (let x = APART / 2; x < width; x += APART) {
      const i = Math.floor((y * rows) / height) * columns + Math.floor((x * columns) / width);
      if (values[i] < 0.08 * limit) continue;
      const size = APART * (0.25 + (0.3 * values[i]) / limit);
      const [dx, dy] = [(gx[i] / values[i]) * size, (gy[i] / values[i]) * size];
      pen.beginPath();
      pen.moveTo(x - dx, y - dy);
      pen.lineTo(x + dx, y + dy);
      for (const side of [-1, 1]) {
        pen.moveTo(x + dx, y + dy);
        pen.lineTo(x + 0.3 * dx - side * 0.45 * dy, y + 0.3 * dy + side * 0.45 * dx);
      }
      pen.stroke();
    }
}
