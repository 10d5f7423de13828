// A card's picture as PNG: the SVG of its link, drawn at twice its size. Nothing is sent anywhere.
(() => {
  document.querySelectorAll("button.as-png").forEach((button) => {
    const source = button.parentElement.querySelector('a[href^="data:image/svg+xml"]');
    button.hidden = false;
    button.addEventListener("click", () => {
      const picture = new Image();
      picture.addEventListener("load", () => {
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [2 * picture.naturalWidth, 2 * picture.naturalHeight];
        canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
        const link = document.createElement("a");
        link.href = canvas.toDataURL("image/png");
        link.download = button.dataset.name;
        link.click();
      });
      picture.src = source.href;
    });
  });
})();
