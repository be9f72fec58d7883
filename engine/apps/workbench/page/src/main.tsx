import { render } from "preact";
import { readView } from "./document";
import { prepareForPrinting } from "./printing";
import { Report } from "./Report";
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/parts.css";
import "./styles/tables.css";
import "./styles/dialog.css";
import "./styles/charts.css";
import "./styles/graph.css";
import "./styles/workbench.css";
import "./styles/controls.css";
import "./styles/print.css";
import { Workbench } from "./workbench/Workbench";

function start(): void {
  const root = document.getElementById("app");
  if (root === null) {
    throw new Error("the page has no #app");
  }
  prepareForPrinting();
  const data = document.getElementById("view");
  render(data === null ? <Workbench /> : <Report view={readView(data)} />, root);
}

start();
