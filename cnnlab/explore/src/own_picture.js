/** The reader's own picture, from a file or the camera. It stays in the page. */
import { h } from "./dom.js";

const LARGEST = 256; // pixels a side

/** A drawable thing as gray values, made small enough to be filtered while one looks. */
function toGray(source, width, height) {
  const scale = Math.min(1, LARGEST / Math.max(width, height));
  const [columns, rows] = [width, height].map((n) => Math.max(1, Math.round(n * scale)));
  const canvas = h("canvas", { width: columns, height: rows });
  const pen = canvas.getContext("2d");
  pen.drawImage(source, 0, 0, columns, rows);
  const { data } = pen.getImageData(0, 0, columns, rows);
  const gray = (_, i) => 0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2];
  return { values: Uint8Array.from({ length: rows * columns }, gray), rows, columns };
}

async function fromCamera() {
  const stream = await navigator.mediaDevices.getUserMedia({ video: true });
  try {
    const video = Object.assign(document.createElement("video"), { srcObject: stream });
    await video.play();
    return toGray(video, video.videoWidth, video.videoHeight);
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}

async function fromFile(file) {
  const bitmap = await createImageBitmap(file);
  return toGray(bitmap, bitmap.width, bitmap.height);
}

/**
 * @param {{onPicture: (picture: any) => void, signal: AbortSignal}} options
 *   `onPicture` gets a picture, or undefined for the one that was there at first
 */
export function makeOwnPicture({ onPicture, signal }) {
  const said = h("span.said", { role: "status" });
  const file = h("input", { type: "file", accept: "image/*", "aria-label": "Open a picture" });
  const plain = (text) => h("button.text", { type: "button" }, text);
  const [camera, back] = [plain("Use the camera"), plain("First picture again")];

  async function show(make, excuse) {
    try {
      const picture = await make();
      if (signal.aborted) return;
      onPicture(picture);
      said.textContent = picture ? "This picture stays on this page." : "";
    } catch {
      said.textContent = excuse;
    }
  }

  const opened = () =>
    file.files[0] && show(() => fromFile(file.files[0]), "This file is no picture. Choose another.");
  const taken = () => show(fromCamera, "The camera cannot be used here. Open a picture instead.");
  file.addEventListener("change", opened, { signal });
  camera.addEventListener("click", taken, { signal });
  back.addEventListener("click", () => show(async () => undefined), { signal });
  const label = h("label.file", {}, h("span.text", {}, "Open a picture"), file);
  return h("div.own", {}, label, camera, back, said);
}
