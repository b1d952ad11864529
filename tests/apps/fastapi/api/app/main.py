"""An API with what the images of all applications are asked for."""

import asyncio
import os

from fastapi import FastAPI, Response

app = FastAPI()
state = {"healthy": True}


@app.get("/health")
def health() -> Response:
    return Response(status_code=200 if state["healthy"] else 503)


@app.post("/break")
def fall_ill() -> None:
    state["healthy"] = False


@app.get("/greeting")
def greeting() -> dict[str, str]:
    return {"greeting": os.environ["GREETING"], "token": os.environ["API_TOKEN"]}


@app.get("/slow")
async def slow() -> dict[str, str]:
    await asyncio.sleep(3)
    return {"slow": "done"}
