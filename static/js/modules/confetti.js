/* Four seconds of paper in the product's colours, on a canvas of its own that goes away by itself. */

const LASTS = 4000;
const PIECES = 160;
const COLOURS = ["--iv-gold", "--iv-teal", "--iv-plum", "--iv-green"];

export function throwConfetti() {
  document.querySelector(".iv-confetti")?.remove();
  const canvas = document.createElement("canvas");
  canvas.className = "iv-confetti";
  canvas.setAttribute("aria-hidden", "true");
  canvas.width = innerWidth;
  canvas.height = innerHeight;
  document.body.append(canvas);
  const pieces = Array.from({ length: PIECES }, () => piece(canvas));
  const context = canvas.getContext("2d");
  let began = null;
  const draw = (now) => {
    began ??= now;
    const into = now - began;
    if (into > LASTS || !canvas.isConnected) {
      canvas.remove();
      return;
    }
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.globalAlpha = Math.min(1, (LASTS - into) / 900);
    for (const each of pieces) paint(context, each, into / 1000);
    requestAnimationFrame(draw);
  };
  requestAnimationFrame(draw);
}

function piece(canvas) {
  const colour = COLOURS[Math.floor(Math.random() * COLOURS.length)];
  return {
    x: Math.random() * canvas.width,
    y: -Math.random() * canvas.height * .6,
    across: (Math.random() - .5) * 120,
    down: canvas.height * (.35 + Math.random() * .3),
    size: 8 + Math.random() * 10,
    turn: Math.random() * Math.PI,
    spin: (Math.random() - .5) * 9,
    fill: getComputedStyle(document.documentElement).getPropertyValue(colour).trim(),
  };
}

function paint(context, each, seconds) {
  context.save();
  context.translate(each.x + each.across * seconds, each.y + each.down * seconds);
  context.rotate(each.turn + each.spin * seconds);
  context.fillStyle = each.fill;
  context.fillRect(-each.size / 2, -each.size / 4, each.size, each.size / 2);
  context.restore();
}
