// Numbers as the engine writes them (engine/chainsim/table/number_text.cpp), so that page, command line and workbook show the same digits.

/** `value` with so many decimals. The engine rounds a true tie to the even digit, `toFixed` away from zero. */
function rounded(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  const size = Math.abs(value);
  const exact = size.toFixed(100); // a double has no more decimals than this where ties can be
  const rest = exact.slice(exact.indexOf(".") + 1 + decimals);
  const isTie = rest.startsWith("5") && /^50*$/.test(rest);
  if (!isTie || Number(text[text.length - 1]) % 2 === 0) {
    return text;
  }
  const cut = exact.slice(0, exact.indexOf(".") + (decimals > 0 ? 1 + decimals : 0));
  return (value < 0 ? "-" : "") + cut;
}

function withoutTrailingZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function withThousands(text: string): string {
  const [whole = "", decimals] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}

function scientific(value: number): string {
  const [digits = "", exponent = "0"] = value.toExponential(2).split("e");
  const power = Number(exponent);
  const sign = power < 0 ? "-" : "+";
  return `${withoutTrailingZeros(digits)}e${sign}${String(Math.abs(power)).padStart(2, "0")}`;
}

/** About four significant digits, thousands apart, "-" for a number that is not known. */
export function readerText(value: number | null): string {
  if (value === null || Number.isNaN(value)) {
    return "-";
  }
  const size = Math.abs(value);
  if (size === 0) {
    return "0";
  }
  if (size >= 1e15 || size < 1e-4) {
    return scientific(value);
  }
  const magnitude = Math.floor(Math.log10(size));
  const decimals = magnitude >= 3 ? 0 : 3 - magnitude;
  return withThousands(withoutTrailingZeros(rounded(value, decimals)));
}

/** 0.1234 is "12.3 %". */
export function percentText(share: number | null): string {
  return share === null || Number.isNaN(share) ? "-" : `${rounded(100 * share, 1)} %`;
}

/** All digits, as the engine holds them. */
export function exactText(value: number | null): string {
  return value === null || Number.isNaN(value) ? "-" : String(value + 0);
}
