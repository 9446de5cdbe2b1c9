"""Pages of sliders and buttons around a network: each gives what it shows before anybody touches it."""

from __future__ import annotations

from typing import Any, Callable


class Widgets:
    """The widgets of streamlit; a button was pressed, since a file trains behind one."""

    def __init__(self, otherwise: Callable[[str], Any]) -> None:
        self._otherwise = otherwise

    def slider(self, label: Any = "", min_value: Any = 0, max_value: Any = 100, value: Any = None, *rest: Any,
               **more: Any) -> Any:  # fmt: skip
        return min_value if value is None else value

    def number_input(self, label: Any = "", min_value: Any = None, max_value: Any = None, value: Any = None,
                     *rest: Any, **more: Any) -> Any:  # fmt: skip
        return value if value is not None else 0.0 if min_value is None else min_value

    def selectbox(self, label: Any = "", options: Any = (), index: int = 0, *rest: Any, **more: Any) -> Any:
        return list(options)[index or 0] if options else None

    radio = selectbox

    def select_slider(self, label: Any = "", options: Any = (), value: Any = None, **more: Any) -> Any:
        return next(iter(options)) if value is None else value

    def multiselect(self, label: Any = "", options: Any = (), default: Any = None, **more: Any) -> Any:
        return list(options if default is None else default)

    def text_input(self, label: Any = "", value: str = "", *rest: Any, **more: Any) -> str:
        return value

    text_area = text_input

    def checkbox(self, label: Any = "", value: bool = False, *rest: Any, **more: Any) -> bool:
        return value

    toggle = checkbox

    def button(self, *args: Any, **more: Any) -> bool:
        return True

    form_submit_button = button

    def columns(self, spec: Any = 2, *rest: Any, **more: Any) -> list[Any]:
        return [self for _ in range(spec if isinstance(spec, int) else len(spec))]

    tabs = columns

    def cache_data(self, function: Any = None, **more: Any) -> Any:
        return (lambda f: f) if function is None else function

    cache = cache_resource = cache_data

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *details: Any) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        return self._otherwise(name)


def widgets(otherwise: Callable[[str], Any]) -> dict[str, Any]:
    """The content of `streamlit`; `otherwise` gives what is only shown."""
    page = Widgets(otherwise)
    names = [name for name in vars(Widgets) if not name.startswith("_")]
    return {"sidebar": page, "session_state": {}, **{name: getattr(page, name) for name in names}}
