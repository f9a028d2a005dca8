// The same forms as Format on the server: what a chart says is what the table beside it says.
export function formatter(name = "number"): (value: number | string | null) => string {
  const [kind, digits] = name.replace(/^@/, "").split(":");
  const locale = document.documentElement.lang || "zh-CN";
  const decimals = digits === undefined ? undefined : Number(digits);
  return (given) => {
    if (given === null || given === undefined || given === "") return "–";
    const value = Number(given);
    if (Number.isNaN(value)) return String(given);
    switch (kind) {
      case "duration": return duration(value);
      case "percent": return new Intl.NumberFormat(locale, { style: "percent", minimumFractionDigits: decimals ?? 0, maximumFractionDigits: decimals ?? 1 }).format(value);
      case "money": return new Intl.NumberFormat(locale, { style: "currency", currency: digits || "CNY", currencyDisplay: "narrowSymbol", maximumFractionDigits: 2 }).format(value);
      case "whole": return new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(value);
      default: return new Intl.NumberFormat(locale, { minimumFractionDigits: decimals ?? 0, maximumFractionDigits: decimals ?? 2 }).format(value);
    }
  };
}

function duration(seconds: number): string {
  const whole = Math.round(Math.abs(seconds));
  const two = (part: number) => String(part).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const text = hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
  return seconds < 0 && whole > 0 ? `−${text}` : text;
}
