"""Compile many small functions into one, without making each of them a finished program first.

numba turns every function that it compiles into machine code together with everything that it calls, again and
again on the way up, although only the outermost one is ever called from Python. Here the inner functions are left
as they are and taken in by the outermost one, which is optimised once, with all of it in view: that is several
times as fast to compile, and makes better code.

This reaches into numba (`REACHED_FOR` says for what). Where a future numba has moved it, functions are compiled
numba's own way: slower to compile, with the same results.
"""

from __future__ import annotations

from typing import Any

from numba import _dynfunc
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import register_pass
from numba.core.typed_passes import NativeLowering

REACHED_FOR = ("finalize", "_linking_libraries", "_finalize_dynamic_globals", "_finalized", "_optimize_functions")
"""Of numba's code libraries (numba.core.codegen.CPUCodeLibrary); the modules imported above are asked for in `jit`."""


def _library(state: Any) -> Any:
    """Return a library for a function's code; None where numba is not as it is known here."""
    library = state.targetctx.codegen().create_library(state.func_id.func_qualname)
    return library if state.library is None and all(hasattr(library, name) for name in REACHED_FOR) else None


@register_pass(mutates_CFG=True, analysis_only=False)
class InnerLowering(NativeLowering):  # type: ignore[misc]
    """Lowers a function without finishing it."""

    _name = "relevo_inner_lowering"

    def run_pass(self, state: Any) -> bool:
        """Lower a function into a library of its own that is never finished."""
        library = _library(state)
        if library is not None:
            library.enable_object_caching()
            library.finalize = lambda: _leave_unfinished(library)
            library._optimize_functions = lambda module: None
            library._is_inner = True
            state.library = library
            # A copy that knows the same functions: only the way to an address in memory is another one.
            state.targetctx = state.targetctx.subtarget()
            state.targetctx.get_executable = _nothing_to_call
        done: bool = super().run_pass(state)
        return done


@register_pass(mutates_CFG=True, analysis_only=False)
class OuterLowering(NativeLowering):  # type: ignore[misc]
    """Lowers the outermost function and takes in all inner ones, however far down they are called."""

    _name = "relevo_outer_lowering"

    def run_pass(self, state: Any) -> bool:
        """Lower a function into a library that is finished with all that it needs."""
        library = _library(state)
        if library is not None:
            library.enable_object_caching()
            finalize = library.finalize

            def take_in_and_finalize() -> None:
                _take_in(library)
                finalize()

            library.finalize = take_in_and_finalize
            state.library = library
        done: bool = super().run_pass(state)
        return done


def _leave_unfinished(library: Any) -> None:
    library._finalize_dynamic_globals()
    library._finalized = True


def _take_in(library: Any) -> None:
    """Let a library link what its inner libraries would have linked."""
    libraries, seen = list(library._linking_libraries), set()
    library._linking_libraries.clear()
    while libraries:
        inner = libraries.pop()
        if inner not in seen:
            seen.add(inner)
            library._linking_libraries.append(inner)
            if getattr(inner, "_is_inner", False):
                libraries.extend(inner._linking_libraries)


def _nothing_to_call(library: Any, description: Any, env: Any) -> Any:
    """Return a function object that stands for an inner function; it has no address."""
    name = description.qualname.rpartition(".")[2]
    return _dynfunc.make_function(description.lookup_module(), name, "an inner function", 0, env, (library,))


def _pipelines(state: Any, lowering: type) -> list[Any]:
    """Return numba's pipeline for compiled functions with another way to lower."""
    pipeline = DefaultPassBuilder.define_nopython_pipeline(state)
    pipeline.passes[:] = [(lowering if step is NativeLowering else step, why) for step, why in pipeline.passes]
    pipeline._finalized = False
    pipeline.finalize()
    return [pipeline]


class InnerCompiler(CompilerBase):  # type: ignore[misc]
    """numba's compiler for functions that only compiled ones call."""

    def define_pipelines(self) -> list[Any]:
        """Return the steps of compiling."""
        return _pipelines(self.state, InnerLowering)


class OuterCompiler(CompilerBase):  # type: ignore[misc]
    """numba's compiler for the function that Python calls."""

    def define_pipelines(self) -> list[Any]:
        """Return the steps of compiling."""
        return _pipelines(self.state, OuterLowering)
