// Moving charts: the server pushes one sample per second, the canvas glides between them.
const windowMs = 300_000;
const kept = 310;
const frameMs = 100;

export function start(root, charts) {
  const state = new Board(root, charts);
  state.run();
  return state;
}

class Board {
  constructor(root, charts) {
    this.root = root;
    this.charts = charts;
    this.names = [];
    this.samples = [];
    this.offset = 0;
    this.hover = null;
    this.stopped = false;
    this.still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.readColours = () => {
      const style = getComputedStyle(document.documentElement);
      const read = (name) => style.getPropertyValue(name).trim();
      this.colours = Array.from({ length: 8 }, (_, i) => read(`--series-${i + 1}`));
      this.grid = read("--line");
      this.ink = read("--muted");
    };
    this.readColours();
    this.onTheme = () => { this.readColours(); this.draw(); };
    document.addEventListener("console-theme", this.onTheme);
    this.watcher = new ResizeObserver(() => this.draw());
    for (const canvas of this.canvases()) {
      this.watcher.observe(canvas);
      canvas.addEventListener("pointermove", (event) => {
        this.hover = { ratio: event.offsetX / canvas.clientWidth, canvas };
        this.draw();
      });
      canvas.addEventListener("pointerleave", () => {
        this.hover = null;
        this.hideTip();
        this.draw();
      });
    }
  }

  canvases() { return [...this.root.querySelectorAll("canvas[data-chart]")]; }

  // samples: [{ t, n: [[name, [[main, faint], ...per chart]], ...] }]
  push(samples, replace) {
    if (replace) this.samples = [];
    for (const sample of samples) {
      const values = new Map(sample.n);
      for (const name of values.keys()) if (!this.names.includes(name)) this.names.push(name);
      this.samples.push({ t: sample.t, values });
    }
    if (this.samples.length > kept) this.samples.splice(0, this.samples.length - kept);
    const last = this.samples.at(-1);
    // The browser's clock may be off; the node's clock is the chart's.
    if (last) this.offset = last.t - performance.now();
    if (this.still) this.draw();
  }

  run() {
    let previous = 0;
    const frame = (now) => {
      if (this.stopped) return;
      if (!this.root.isConnected) { this.stop(); return; }
      if (!this.still && now - previous >= frameMs) { previous = now; this.draw(); }
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  stop() {
    this.stopped = true;
    this.watcher.disconnect();
    document.removeEventListener("console-theme", this.onTheme);
    this.hideTip();
  }

  // One second late on purpose: the next sample is then already there to glide to.
  now() {
    const last = this.samples.at(-1);
    if (!last) return 0;
    return this.still ? last.t : Math.min(performance.now() + this.offset - 1000, last.t);
  }

  draw() {
    for (const canvas of this.canvases()) this.drawChart(canvas, Number(canvas.dataset.chart));
    if (this.hover) this.showTip();
  }

  drawChart(canvas, index) {
    const scale = devicePixelRatio || 1;
    const width = canvas.clientWidth, height = canvas.clientHeight;
    if (width === 0) return;
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
    }
    const g = canvas.getContext("2d");
    g.setTransform(scale, 0, 0, scale, 0, 0);
    g.clearRect(0, 0, width, height);
    const now = this.now(), from = now - windowMs;
    const plot = { left: 44, right: width - 6, top: 8, bottom: height - 18 };
    const top = niceTop(this.largest(index, from), this.charts[index].floor);
    this.drawGrid(g, plot, top, this.charts[index], now);
    const x = (t) => plot.left + (t - from) / windowMs * (plot.right - plot.left);
    const y = (v) => plot.bottom - Math.min(v, top) / top * (plot.bottom - plot.top);
    g.save();
    g.beginPath();
    g.rect(plot.left, 0, plot.right - plot.left, height);
    g.clip();
    this.names.forEach((name, i) => {
      const colour = this.colours[i % this.colours.length];
      this.drawLine(g, name, index, 1, x, y, plot, colour);
      this.drawLine(g, name, index, 0, x, y, plot, colour);
    });
    if (this.hover) {
      const at = plot.left + this.clampRatio(canvas) * (plot.right - plot.left);
      g.strokeStyle = this.ink;
      g.globalAlpha = 0.6;
      g.setLineDash([3, 3]);
      g.beginPath();
      g.moveTo(at, plot.top);
      g.lineTo(at, plot.bottom);
      g.stroke();
    }
    g.restore();
  }

  clampRatio(canvas) {
    const width = canvas.clientWidth;
    const inPlot = (this.hover.ratio * width - 44) / (width - 50);
    return Math.max(0, Math.min(1, inPlot));
  }

  largest(index, from) {
    let most = 0;
    for (const sample of this.samples) {
      if (sample.t < from) continue;
      for (const values of sample.values.values()) for (const v of values[index]) if (v !== null && v > most) most = v;
    }
    return most;
  }

  drawGrid(g, plot, top, chart, now) {
    g.font = "11px system-ui, sans-serif";
    g.fillStyle = this.ink;
    g.strokeStyle = this.grid;
    g.lineWidth = 1;
    g.textAlign = "right";
    g.textBaseline = "middle";
    for (let i = 0; i <= 2; i++) {
      const at = Math.round(plot.bottom - i / 2 * (plot.bottom - plot.top)) + 0.5;
      g.beginPath();
      g.moveTo(plot.left, at);
      g.lineTo(plot.right, at);
      g.stroke();
      g.fillText(number(top * i / 2), plot.left - 6, at);
    }
    if (now === 0) return;
    g.textBaseline = "alphabetic";
    g.textAlign = "left";
    g.fillText("5 min ago", plot.left, plot.bottom + 14);
    g.textAlign = "right";
    g.fillText("now", plot.right, plot.bottom + 14);
  }

  drawLine(g, name, index, part, x, y, plot, colour) {
    const gap = 5000;
    let run = [];
    const runs = [run];
    let previous = null;
    for (const sample of this.samples) {
      const v = sample.values.get(name)?.[index]?.[part];
      if (v === undefined || v === null) continue;
      if (previous !== null && sample.t - previous > gap) { run = []; runs.push(run); }
      run.push([x(sample.t), y(v)]);
      previous = sample.t;
    }
    for (const points of runs) {
      if (points.length === 0) continue;
      g.beginPath();
      points.forEach(([px, py], i) => (i === 0 ? g.moveTo(px, py) : g.lineTo(px, py)));
      g.strokeStyle = colour;
      g.lineJoin = "round";
      g.globalAlpha = part === 0 ? 1 : 0.45;
      g.lineWidth = part === 0 ? 1.8 : 1.1;
      g.setLineDash(part === 0 ? [] : [4, 3]);
      g.stroke();
      g.setLineDash([]);
      if (part === 0 && this.names.length === 1) {
        g.lineTo(points.at(-1)[0], plot.bottom);
        g.lineTo(points[0][0], plot.bottom);
        g.closePath();
        const fill = g.createLinearGradient(0, plot.top, 0, plot.bottom);
        fill.addColorStop(0, colour);
        fill.addColorStop(1, "transparent");
        g.globalAlpha = 0.18;
        g.fillStyle = fill;
        g.fill();
      }
      g.globalAlpha = 1;
    }
  }

  showTip() {
    const { canvas } = this.hover;
    const index = Number(canvas.dataset.chart);
    const chart = this.charts[index];
    const at = this.now() - windowMs + this.clampRatio(canvas) * windowMs;
    let nearest = null;
    for (const sample of this.samples) if (!nearest || Math.abs(sample.t - at) < Math.abs(nearest.t - at)) nearest = sample;
    if (!nearest || Math.abs(nearest.t - at) > 5000) { this.hideTip(); return; }
    this.tip ??= document.body.appendChild(Object.assign(document.createElement("div"), { className: "chart-tip" }));
    this.tip.replaceChildren();
    const line = (text, colour) => {
      const row = document.createElement("div");
      if (colour) {
        const dot = document.createElement("i");
        dot.style.background = colour;
        row.append(dot);
      }
      row.append(text);
      this.tip.append(row);
    };
    line(new Date(nearest.t).toLocaleTimeString());
    for (const [name, values] of nearest.values) {
      const [main, faint] = values[index];
      const second = faint === null ? "" : ` · ${chart.faint} ${number(faint)}`;
      line(`${name}: ${number(main)} ${chart.unit}${second}`, this.colours[this.names.indexOf(name) % this.colours.length]);
    }
    const box = canvas.getBoundingClientRect();
    const left = box.left + this.hover.ratio * box.width;
    this.tip.style.top = `${box.top + scrollY + 4}px`;
    this.tip.style.left = `${left + scrollX + (left > innerWidth / 2 ? -this.tip.offsetWidth - 12 : 12)}px`;
  }

  hideTip() {
    this.tip?.remove();
    this.tip = null;
  }
}

function niceTop(most, floor) {
  const wanted = Math.max(most * 1.1, floor);
  const magnitude = 10 ** Math.floor(Math.log10(wanted));
  return [1, 2, 4, 5, 10].map((step) => step * magnitude).find((step) => step >= wanted);
}

function number(value) {
  if (value === 0) return "0";
  if (value >= 1_000_000) return `${(value / 1_000_000).toFixed(1)}M`;
  if (value >= 10_000) return `${(value / 1000).toFixed(0)}k`;
  if (value >= 1000) return `${(value / 1000).toFixed(1)}k`;
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
