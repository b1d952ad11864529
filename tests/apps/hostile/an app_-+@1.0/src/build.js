// Writes down what the build saw.
import { writeFileSync } from "node:fs";
import { starting } from "./starting.js";

writeFileSync("seen.json", JSON.stringify(starting("B_")));
