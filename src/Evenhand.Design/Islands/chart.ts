import { BarChart, BoxplotChart, CustomChart, HeatmapChart, LineChart, ScatterChart } from "echarts/charts";
import { AriaComponent, DataZoomInsideComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, MarkPointComponent, TooltipComponent, VisualMapContinuousComponent, VisualMapPiecewiseComponent } from "echarts/components";
import { init, use, type ECharts } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { formatter } from "./numbers";
import { resolveTokens, themeOf } from "./tokens";

use([
  BarChart, BoxplotChart, CustomChart, HeatmapChart, LineChart, ScatterChart, CanvasRenderer, AriaComponent, DataZoomInsideComponent, GridComponent, LegendComponent,
  MarkAreaComponent, MarkLineComponent, MarkPointComponent, TooltipComponent, VisualMapContinuousComponent, VisualMapPiecewiseComponent,
]);

type Json = Record<string, any>;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** Draws the ECharts option found in its script block. Colours are tokens ("$accent"), number formats are names ("@duration"): both are resolved here. */
class Chart extends HTMLElement {
  private chart?: ECharts;
  private watcher?: ResizeObserver;
  private readonly redraw = () => this.draw();

  connectedCallback(): void {
    const canvas = this.querySelector<HTMLElement>(".chart-canvas");
    if (!canvas) return;
    canvas.replaceChildren();
    this.chart = init(canvas, undefined, { renderer: "canvas" });
    this.watcher = new ResizeObserver(() => this.fit());
    this.watcher.observe(canvas);
    document.addEventListener("evenhand:theme", this.redraw);
    this.chart.on("click", (event) => this.follow(event as Json));
    this.draw();
  }

  disconnectedCallback(): void {
    document.removeEventListener("evenhand:theme", this.redraw);
    this.watcher?.disconnect();
    this.chart?.dispose();
    this.chart = undefined;
  }

  /** Other figures in the same picture: what was drawn stays until they are. */
  adopt(newer: Element): void {
    const figures = (element: Element) => element.querySelector("script[type='application/json']");
    const [before, after] = [figures(this), figures(newer)];
    if (!before || !after || before.textContent === after.textContent) return;
    before.textContent = after.textContent;
    this.draw();
  }

  private draw(): void {
    const source = this.querySelector("script[type='application/json']")?.textContent;
    if (!this.chart || !source) return;
    const theme = themeOf(this);
    const option = resolveTokens(JSON.parse(source), theme) as Json;
    const formats: string[] = [].concat(option.formats ?? []);
    delete option.formats;
    option.animation = !calm.matches;
    option.animationDuration = 350;
    option.textStyle = { fontFamily: theme.font, color: theme.color("muted"), fontSize: 12 };
    option.tooltip = this.tooltip(option, formats, theme);
    for (const key of ["xAxis", "yAxis"]) option[key] = axes(option[key], theme, this.chart.getWidth());
    theme.done();
    this.chart.setOption(option, { notMerge: true });
    this.dataset.drawn = "";
  }

  private fit(): void {
    if (!this.chart || this.chart.getDom().clientWidth === this.chart.getWidth()) return;
    this.chart.resize();
    this.draw();
  }

  private tooltip(option: Json, formats: string[], theme: ReturnType<typeof themeOf>): Json {
    return {
      trigger: "axis", confine: true, transitionDuration: 0, backgroundColor: theme.color("raised"), borderColor: theme.color("line"), padding: 0,
      textStyle: { color: theme.color("ink"), fontSize: 13 }, axisPointer: { lineStyle: { color: theme.color("muted"), type: "dotted" }, shadowStyle: { color: theme.color("hover") } },
      ...option.tooltip,
      formatter: (hits: Json | Json[]) => describe([hits].flat(), formats),
    };
  }

  private follow(event: Json): void {
    const href = event.data?.href;
    if (typeof href === "string" && href.startsWith("/")) location.assign(href);
  }
}

// Built of elements and text, never of markup: names and notes come from people.
function describe(hits: Json[], formats: string[]): HTMLElement {
  const box = element("div", "chart-tip");
  const shown = hits.filter((hit) => hit.seriesName !== "\u0000" && valueOf(hit) !== null);
  box.append(element("strong", "", String(shown[0]?.data?.title ?? shown[0]?.axisValueLabel ?? shown[0]?.name ?? "")));
  for (const hit of shown) {
    const row = element("div", "chart-tip-row");
    const dot = element("i", "");
    dot.style.background = typeof hit.color === "string" ? hit.color : "currentColor";
    row.append(dot, element("span", "", hit.seriesName ?? ""), element("b", "", formatter(formats[hit.seriesIndex] ?? formats[0])(valueOf(hit))));
    box.append(row);
    for (const note of [hit.data?.note ?? []].flat()) box.append(element("div", "chart-tip-note", String(note)));
  }
  return box;
}

function valueOf(hit: Json): number | null {
  const value = Array.isArray(hit.value) ? hit.value[hit.value.length - 1] : hit.value;
  return value === null || value === undefined || value === "-" ? null : Number(value);
}

function element(tag: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

function axes(given: Json | Json[] | undefined, theme: ReturnType<typeof themeOf>, width: number): Json[] {
  return [given ?? []].flat().map(({ fit, ...axis }: Json) => ({
    ...axis,
    axisLine: { show: axis.type === "category" && !axis.splitArea, lineStyle: { color: theme.color("line") }, ...axis.axisLine },
    axisTick: { show: false, ...axis.axisTick },
    nameTextStyle: { color: theme.color("muted"), ...axis.nameTextStyle },
    splitLine: { show: axis.type !== "category", lineStyle: { color: theme.color("line-soft") }, ...axis.splitLine },
    axisLabel: { color: theme.color("muted"), hideOverlap: true, ...(fit ? fitted(axis.data, (width - 90) / axis.data.length - 6) : {}), ...axis.axisLabel },
  }));
}

// Few categories all keep their name: broken over lines where the words fit, slanted where they do not.
function fitted(names: string[], room: number): Json {
  const wide = (word: string) => [...word].reduce((sum, letter) => sum + (letter > "\u2e80" ? 0 : 6.6), 0);
  const slanted = names.some((name) => name.split(/\s/).some((word) => wide(word) > room));
  return slanted
    ? { interval: 0, hideOverlap: false, rotate: 32, overflow: "truncate", width: 92 }
    : { interval: 0, hideOverlap: false, overflow: "break", lineHeight: 15, width: Math.max(26, room) };
}

customElements.define("eh-chart", Chart);
