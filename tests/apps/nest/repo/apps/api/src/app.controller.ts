import { Controller, Get, Post, ServiceUnavailableException } from "@nestjs/common";
import type { Greeting } from "@greeter/words";
import { AppService } from "./app.service.js";

@Controller()
export class AppController {
  constructor(private readonly service: AppService) {}

  @Get("health")
  health(): string {
    if (!this.service.healthy) {
      throw new ServiceUnavailableException();
    }
    return "healthy";
  }

  @Post("break")
  fallIll(): void {
    this.service.healthy = false;
  }

  @Get("greeting")
  greeting(): Greeting {
    return this.service.greeting();
  }

  @Get("slow")
  slow(): Promise<{ slow: string }> {
    return this.service.slow();
  }
}
