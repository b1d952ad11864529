"""An API with what the images of all applications are asked for, and its orders in a database."""

import asyncio
import os

from fastapi import FastAPI, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Order, engine

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


@app.get("/orders")
def orders() -> list[str]:
    with Session(engine) as session:
        return list(session.scalars(select(Order.name).order_by(Order.id)))


@app.post("/orders/{name}")
def order(name: str) -> None:
    with Session(engine) as session:
        session.add(Order(name=name))
        session.commit()
