// What draws on a canvas finds none here, on the page or off it: happy-dom's own throws where it ought to say so.
HTMLCanvasElement.prototype.transferControlToOffscreen = () =>
  Object.assign(new OffscreenCanvas(1, 1), { getContext: () => null });
