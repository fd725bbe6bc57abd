// Runs in the browser: draws each wanted glyph into a canvas of its cell, and gives how much of each pixel it covers, 0 to 15.
globalThis.drawAll = ({ wanted, cellWidth, cellHeight }) =>
  wanted.map(({ codePoint, font, isBold, columns, isMonospace, path }) => {
    const width = cellWidth * columns;
    const canvas = Object.assign(document.createElement("canvas"), { width, height: cellHeight });
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    const text = String.fromCodePoint(codePoint);
    pen.font = `${isBold ? "bold " : ""}20px "${font}"`;
    const { actualBoundingBoxLeft: left, actualBoundingBoxRight: right, actualBoundingBoxAscent: up, actualBoundingBoxDescent: down, fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent, width: advance } = pen.measureText(text);
    const form = path === undefined ? undefined : new Path2D(path);
    if (form !== undefined) pen.fill(form);
    else if (isMonospace) {
      // A cell is what the font says a line and an advance are, so that the lines of frames meet.
      pen.scale(width / advance, cellHeight / (ascent + descent));
      pen.fillText(text, 0, ascent);
    } else {
      const scale = Math.min(1, (width - 1) / (left + right), (cellHeight - 4) / (up + down));
      pen.translate(width / 2, cellHeight / 2);
      pen.scale(scale, scale);
      pen.fillText(text, (left - right) / 2, (up - down) / 2);
    }
    const { data } = pen.getImageData(0, 0, width, cellHeight);
    return Array.from({ length: data.length / 4 }, (_, pixel) => Math.round(data[pixel * 4 + 3] / 17));
  });
