import { setTimeout } from "node:timers/promises";
import { Injectable } from "@nestjs/common";
import { greetingOf, type Greeting } from "@greeter/words";

@Injectable()
export class AppService {
  healthy = true;

  greeting(): Greeting {
    return greetingOf(process.env);
  }

  async slow(): Promise<{ slow: string }> {
    await setTimeout(3000);
    return { slow: "done" };
  }
}
