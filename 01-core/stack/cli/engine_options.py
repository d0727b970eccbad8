"""The options by which commands choose engines and models."""

from typing import Annotated

import typer

TranscriberName = Annotated[str | None, typer.Option(help="The engine that writes down the words.")]
DiariserName = Annotated[str | None, typer.Option(help="The engine that tells the voices apart.")]
Models = Annotated[
    list[str] | None,
    typer.Option(
        metavar="MODEL",
        help="A model, by its name or its folder, for the engine that takes its kind; repeatable.",
    ),
]
